"""Holds every ONNX file of a folder against the onnx package's full checker: a line for each, "verdict<TAB>file<TAB>why"."""
import pathlib
import sys

import onnx

known = onnx.defs.onnx_opset_version()
print(f"version\t{onnx.__version__}\tknows opsets up to {known}")
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.onnx")):
    opset = next(entry.version for entry in onnx.load(path, load_external_data=False).opset_import if not entry.domain)
    if opset > known:
        print(f"unknown\t{path.name}\topset {opset}")
        continue
    try:
        onnx.checker.check_model(str(path), full_check=True)
        print(f"accepted\t{path.name}\t")
    except Exception as e:
        print(f"refused\t{path.name}\t{' '.join(str(e).split())}")
