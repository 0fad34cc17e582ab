#!/usr/bin/env python3
"""Makes pictures/ and pictures.txt beside it, once; they are frozen. Made with Pillow 9.4: python3 make_pictures.py

A line of pictures.txt: file, height, width, channels, the expected bytes in hex. They are what Pillow gives for: upright by
EXIF, over black, the largest centred region of the wanted ratio, grey if wanted, resize(BILINEAR).
"""
import os
import struct
import zlib

import numpy as np
from PIL import Image, ImageOps

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(HERE, "pictures")
os.makedirs(FOLDER, exist_ok=True)
random = np.random.default_rng(7)


def noise(height, width, channels):
    """Slopes with noise, so that a mix-up of axes or channels shows."""
    y, x, c = np.mgrid[0:height, 0:width, 0:channels]
    slopes = 255 * (y / height + (c + 1) * x / width) / (channels + 1)
    return np.clip(slopes + random.integers(-40, 40, slopes.shape), 0, 255).astype(np.uint8)


def png16(name, samples, color_type):
    """Pillow writes no 16-bit RGB: a PNG by hand."""
    height, width = samples.shape[:2]
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in samples)

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    with open(os.path.join(FOLDER, name), "wb") as f:
        f.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 16, color_type, 0, 0, 0)))
        f.write(chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


lines = []


def expect(name, picture, height, width, channels):
    picture = ImageOps.exif_transpose(picture)
    if picture.mode in ("RGBA", "LA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, (0, 0, 0, 255)), picture)
    w, h = picture.size
    if w * height > h * width:
        cw, ch = max(1, (2 * h * width + height) // (2 * height)), h
    else:
        cw, ch = w, max(1, (2 * w * height + width) // (2 * width))
    left, top = (w - cw) // 2, (h - ch) // 2
    picture = picture.crop((left, top, left + cw, top + ch))
    picture = picture.convert("RGB")
    if channels == 1:
        picture = picture.convert("L")
    pixels = np.asarray(picture.resize((width, height), Image.BILINEAR))
    lines.append(f"{name} {height} {width} {channels} {pixels.astype(np.uint8).tobytes().hex()}")


def saved(name, picture, **options):
    picture.save(os.path.join(FOLDER, name), **options)
    return Image.open(os.path.join(FOLDER, name))


rgb = saved("rgb.png", Image.fromarray(noise(23, 37, 3)))
for size in ((8, 16, 3), (8, 8, 1), (30, 40, 3), (23, 37, 3), (1, 1, 3), (40, 5, 1)):
    expect("rgb.png", rgb, *size)
grey = saved("grey.png", Image.fromarray(noise(50, 60, 1)[:, :, 0]))
expect("grey.png", grey, 28, 28, 1)
expect("grey.png", grey, 9, 9, 3)
exact = saved("grey-28.png", Image.fromarray(noise(28, 28, 1)[:, :, 0]))
expect("grey-28.png", exact, 28, 28, 1)
expect("rgba.png", saved("rgba.png", Image.fromarray(noise(20, 20, 4))), 8, 8, 3)
expect("grey-alpha.png", saved("grey-alpha.png", Image.fromarray(noise(20, 20, 2), "LA")), 8, 8, 1)
palette = Image.fromarray(noise(20, 30, 3)).quantize(16)
expect("palette.png", saved("palette.png", palette), 8, 8, 3)
expect("palette.gif", saved("palette.gif", palette), 8, 8, 3)
expect("bilevel.png", saved("bilevel.png", Image.fromarray(noise(20, 20, 1)[:, :, 0]).convert("1")), 8, 8, 1)
expect("rgb.bmp", saved("rgb.bmp", Image.fromarray(noise(12, 12, 3))), 8, 8, 3)
expect("rgb.jpg", saved("rgb.jpg", Image.fromarray(noise(24, 24, 3)).resize((48, 48)), quality=95), 12, 12, 3)
expect("grey.jpg", saved("grey.jpg", Image.fromarray(noise(24, 24, 1)[:, :, 0]), quality=95), 12, 12, 1)
expect(
    "progressive.jpg",
    saved("progressive.jpg", Image.fromarray(noise(24, 24, 3)), quality=95, progressive=True, subsampling=0), 12, 12, 3,
)
for orientation in range(1, 9):
    exif = Image.Exif()
    exif[0x0112] = orientation
    turned = Image.fromarray(noise(8, 16, 1)[:, :, 0])
    name = f"orientation-{orientation}.jpg"
    expect(name, saved(name, turned, quality=98, exif=exif), *((8, 16, 1) if orientation < 5 else (16, 8, 1)))

deep = (noise(20, 20, 3).astype(np.uint16) << 8) | random.integers(0, 256, (20, 20, 3)).astype(np.uint16)
png16("rgb-16.png", deep, 2)
expect("rgb-16.png", Image.fromarray((deep >> 8).astype(np.uint8)), 8, 8, 3)
png16("grey-16.png", deep[:, :, :1], 0)
expect("grey-16.png", Image.fromarray((deep[:, :, 0] >> 8).astype(np.uint8)), 8, 8, 1)

with open(os.path.join(HERE, "pictures.txt"), "w") as f:
    f.write("\n".join(lines) + "\n")
