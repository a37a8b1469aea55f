"""The doors in the browser and over HTTP."""
