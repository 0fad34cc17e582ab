"""Holds an ONNX file against the onnx package's full checker and prints its metadata as JSON."""
import json
import sys

import onnx

model = onnx.load(sys.argv[1])
onnx.checker.check_model(model, full_check=True)
print(json.dumps({entry.key: entry.value for entry in model.metadata_props}))
