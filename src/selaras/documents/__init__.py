"""Files in, files out: PDF, DOCX, XLSX, HTML and charts."""
