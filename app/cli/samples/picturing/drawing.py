"""Drawing: pictures of what does not exist, each marked as demo data in both languages."""

import enum
import io
from pathlib import Path

from PIL import ExifTags, Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 960, 640
MARK = "演示数据 · 绘制图，并非照片　DEMO DATA · a drawing"
_SKY, _HILLS, _WATER, _GROUND = (196, 222, 240), (110, 142, 104), (92, 142, 176), (168, 146, 104)
_STONE, _WALL, _ROOF, _INK = (206, 200, 188), (236, 228, 212), (146, 74, 58), (40, 40, 40)


class Scene(enum.StrEnum):
    """What is drawn."""

    planned = "planned"
    bridge = "bridge"
    station = "station"


def jpeg(scene: Scene, words: str) -> bytes:
    """Return a drawn picture as a camera would send it, with a place that the public copy never tells."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), _SKY)
    pen = ImageDraw.Draw(picture)
    pen.polygon([(0, 360), (220, 170), (430, 330), (640, 150), (960, 350), (960, 640), (0, 640)], _HILLS)
    if scene is Scene.station:
        _station(pen)
    else:
        pen.rectangle((0, 420, WIDTH, HEIGHT), _GROUND)
        pen.polygon([(330, 420), (630, 420), (760, HEIGHT), (200, HEIGHT)], _WATER)
        if scene is Scene.bridge:
            _bridge(pen)
        else:
            _stakes(pen)
    _caption(pen, words)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85, exif=_told())
    return out.getvalue()


def _bridge(pen: ImageDraw.ImageDraw) -> None:
    for left in (250, 400, 550):
        pen.pieslice((left, 400, left + 150, 560), 180, 360, _STONE)
        pen.pieslice((left + 20, 425, left + 130, 560), 180, 360, _WATER)
    pen.rectangle((180, 392, 780, 424), _STONE)
    for left in range(190, 780, 40):
        pen.rectangle((left, 360, left + 6, 392), _STONE)
    pen.rectangle((180, 354, 780, 362), _STONE)


def _stakes(pen: ImageDraw.ImageDraw) -> None:
    for left in (250, 700):
        pen.rectangle((left, 360, left + 10, 440), _ROOF)
        pen.polygon([(left + 10, 360), (left + 60, 375), (left + 10, 390)], _ROOF)


def _station(pen: ImageDraw.ImageDraw) -> None:
    pen.rectangle((0, 460, WIDTH, HEIGHT), _GROUND)
    pen.rectangle((280, 280, 680, 520), _WALL)
    pen.polygon([(240, 290), (480, 170), (720, 290)], _ROOF)
    pen.rectangle((440, 390, 520, 520), _ROOF)
    for left in (320, 580):
        pen.rectangle((left, 350, left + 70, 420), _WATER)


def _caption(pen: ImageDraw.ImageDraw, words: str) -> None:
    # The fonts of the papers: nothing else on a machine is sure to know Chinese.
    import pylopdf_fonts_zh_cn as fonts

    font = Path(fonts.__file__).parent / "NotoSansSC-Regular.otf"
    pen.rectangle((0, HEIGHT - 92, WIDTH, HEIGHT), (255, 255, 255))
    pen.text((24, HEIGHT - 84), words, _INK, ImageFont.truetype(font, 28))
    pen.text((24, HEIGHT - 42), MARK, _ROOF, ImageFont.truetype(font, 24))


def _told() -> Image.Exif:
    told = Image.Exif()
    told[ExifTags.Base.ImageDescription] = "demo data"
    told[ExifTags.Base.Artist] = "demo"
    gps = told.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLatitude] = "N", (32.0, 31.0, 0.0)
    gps[ExifTags.GPS.GPSLongitudeRef], gps[ExifTags.GPS.GPSLongitude] = "E", (108.0, 32.0, 0.0)
    return told
