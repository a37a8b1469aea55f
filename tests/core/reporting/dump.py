"""A document as plain text, for golden files that a person can review."""

from selaras.core import document as d


def dump(document):
    lines = [f"# {document.title} [{document.kind}]"]
    for block in document.blocks:
        lines += list(block_lines(block))
    return "\n".join(lines) + "\n"


def block_lines(block):
    match block:
        case d.Heading():
            yield f"\n{'#' * (block.level + 1)} {block.full}"
        case d.Paragraph():
            yield f"[{block.voice.value}] {d.plain(block.spans)}"
        case d.Listing():
            yield from (f"  - {d.plain(item)}" for item in block.items)
        case d.Table():
            yield f"{block.label} {block.caption}".strip() or "(formulir)"
            for row in (*block.header, *block.body):
                yield "  | " + " | ".join(cell.text for cell in row.cells)
            yield from (f"  * {d.plain(note)}" for note in block.notes)
        case d.Chart():
            yield f"{block.label} {block.caption} ({block.kind.value}): {block.alt}"
        case d.OrgChart():
            yield f"{block.label} {block.caption}: {block.alt}"
        case d.Signatures():
            yield block.place_date
            yield from (f"  ✍ {item.role} {item.position} / {item.name}" for item in block.signatories)
        case d.Fields():
            yield from (f"  {label}: {value}" for label, value in block.rows)
        case d.Gallery():
            yield from (f"  ▣ {photo.caption} ({photo.taken})" for photo in block.photos)
        case _:
            yield f"<{type(block).__name__}>"
