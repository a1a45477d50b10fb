"""Codes: QR codes (ISO/IEC 18004) that lead from paper to an address."""

import io


def svg(text: str) -> str:
    """Return a QR code as SVG, to be embedded in a page or handed to a template."""
    # Here and not above: most processes never draw one.
    import segno

    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", xmldecl=False, border=2, unit="")
    return out.getvalue().decode()


def png(text: str, *, scale: int = 6) -> bytes:
    """Return a QR code as PNG, each of its squares `scale` pixels wide."""
    import segno

    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="png", scale=scale, border=4)
    return out.getvalue()
