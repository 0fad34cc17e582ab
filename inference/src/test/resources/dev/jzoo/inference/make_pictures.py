#!/usr/bin/env python3
"""Makes pictures/, pictures.txt and views.txt beside it, once; they are frozen. Made with Pillow 9.4: python3 make_pictures.py

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


def patched(name, old, new):
    """Changes bytes of a file, as a writer that Pillow lacks would have written them."""
    path = os.path.join(FOLDER, name)
    with open(path, "rb") as f:
        data = f.read()
    assert data.count(old) == 1, name
    with open(path, "wb") as f:
        f.write(data.replace(old, new))
    return Image.open(path)


ADOBE = b"\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00"
inks = Image.fromarray(noise(24, 24, 4), "CMYK")
expect("cmyk.jpg", saved("cmyk.jpg", inks, quality=95), 12, 12, 3)
expect("cmyk-progressive.jpg", saved("cmyk-progressive.jpg", inks, quality=95, progressive=True), 12, 12, 3)
# Pillow inverts what it writes, and writes it as it is: as luma, chroma and black once the marker says so
luma = Image.fromarray(noise(24, 24, 3)).convert("YCbCr")
black = Image.fromarray(noise(24, 24, 1)[:, :, 0])
Image.merge("CMYK", [band.point(lambda v: 255 - v) for band in (*luma.split(), black)]).save(
    os.path.join(FOLDER, "ycck.jpg"), quality=95)
expect("ycck.jpg", patched("ycck.jpg", ADOBE + b"\x00", ADOBE + b"\x02"), 12, 12, 3)
inks.save(os.path.join(FOLDER, "cmyk-without-marker.jpg"), quality=95)
expect("cmyk-without-marker.jpg", patched("cmyk-without-marker.jpg", ADOBE + b"\x00", b""), 12, 12, 3)
exif = Image.Exif()
exif[0x0112] = 6
expect("cmyk-orientation-6.jpg", saved("cmyk-orientation-6.jpg", inks.crop((0, 0, 24, 10)), quality=95, exif=exif), 24, 10, 3)

transparent = Image.fromarray(noise(20, 30, 3)).quantize(16)
expect("palette-transparent.png", saved("palette-transparent.png", transparent, transparency=bytes(range(0, 256, 17))), 8, 8, 3)
expect("palette-transparent.gif", saved("palette-transparent.gif", transparent, transparency=3), 8, 8, 3)
flat = noise(20, 20, 3) // 64 * 64
flat[4:12, 6:14] = (64, 128, 192)
expect("rgb-transparent.png", saved("rgb-transparent.png", Image.fromarray(flat), transparency=(64, 128, 192)), 8, 8, 3)
flat[:, :, 0][4:12, 6:14] = 100
expect("grey-transparent.png", saved("grey-transparent.png", Image.fromarray(flat[:, :, 0]), transparency=100), 8, 8, 1)
deep = (noise(20, 20, 4).astype(np.uint16) << 8) | random.integers(0, 256, (20, 20, 4)).astype(np.uint16)
png16("rgba-16.png", deep, 6)
expect("rgba-16.png", Image.fromarray((deep >> 8).astype(np.uint8)), 8, 8, 3)
png16("grey-alpha-16.png", deep[:, :, 2:], 4)
expect("grey-alpha-16.png", Image.fromarray((deep[:, :, 2:] >> 8).astype(np.uint8), "LA"), 8, 8, 1)
expect("palette.bmp", saved("palette.bmp", palette), 8, 8, 3)
expect("grey.bmp", saved("grey.bmp", Image.fromarray(noise(12, 12, 1)[:, :, 0])), 8, 8, 1)
frames = [Image.fromarray(noise(20, 30, 3)).quantize(16) for _ in range(3)]
expect("moving.gif", saved("moving.gif", frames[0], save_all=True, append_images=frames[1:], duration=50), 8, 8, 3)
expect("cmyk.tif", saved("cmyk.tif", inks, compression="tiff_lzw"), 12, 12, 3)
expect("rgb.tif", saved("rgb.tif", Image.fromarray(noise(12, 12, 3)), compression="tiff_lzw"), 8, 8, 3)

with open(os.path.join(HERE, "pictures.txt"), "w") as f:
    f.write("\n".join(lines) + "\n")

# views.txt: file, "imagenet" or "crop TOP LEFT HEIGHT WIDTH", height, width, channels, the bytes: those of torchvision's
# Resize(256 / 224 * size), which cuts the longer side to a whole pixel, with CenterCrop(size), and of its resized_crop
views = []


def view(name, what, size, channels):
    picture = Image.open(os.path.join(FOLDER, name)).convert("RGB" if channels == 3 else "L")
    if what == "imagenet":
        shorter = int(size * 256 / 224 + 0.5)
        w, h = picture.size
        scaled = (shorter, int(shorter * h / w)) if w <= h else (int(shorter * w / h), shorter)
        picture = picture.resize(scaled, Image.BILINEAR)
        left, top = int(round((scaled[0] - size) / 2.0)), int(round((scaled[1] - size) / 2.0))
        picture = picture.crop((left, top, left + size, top + size))
    else:
        top, left, height, width = (int(number) for number in what.split()[1:])
        picture = picture.crop((left, top, left + width, top + height)).resize((size, size), Image.BILINEAR)
    views.append(f"{name},{what},{size},{size},{channels},{np.asarray(picture).tobytes().hex()}")


saved("wide.png", Image.fromarray(noise(61, 97, 3)))
saved("tall.png", Image.fromarray(noise(83, 40, 3)))
for name in ("wide.png", "tall.png", "grey-28.png", "rgb.png"):
    for size in (7, 14, 21, 28, 33):
        view(name, "imagenet", size, 3)
view("wide.png", "imagenet", 28, 1)
view("wide.png", "crop 3 5 40 52", 16, 3)
view("wide.png", "crop 0 0 61 97", 16, 3)
view("tall.png", "crop 50 30 33 10", 16, 3)
view("tall.png", "crop 82 39 1 1", 5, 1)
with open(os.path.join(HERE, "views.txt"), "w") as f:
    f.write("\n".join(views) + "\n")
