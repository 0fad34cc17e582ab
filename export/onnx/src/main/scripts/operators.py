#!/usr/bin/env python3
"""Writes operators.txt: the signatures of ONNX's standard operators that the schema checks of JZoo use.

    python3 operators.py > ../resources/dev/jzoo/onnx/operators.txt

The facts come from the schemas in the onnx package (Apache-2.0), opset 7 to 25, so that a package of 1.20 or later is
needed. One line for each version of an operator:

    Name since_version | inputs | outputs | attributes

Inputs and outputs are names; '?' marks an optional one, '*N' a variadic one with at least N values. An attribute is
name:type; '!' marks a required one.
"""
import onnx
from onnx.defs import OpSchema, get_all_schemas_with_history

NEWEST = 25
OPTIONAL, VARIADIC = OpSchema.FormalParameterOption.Optional, OpSchema.FormalParameterOption.Variadic


def parameter(formal, minimum):
    if formal.option == VARIADIC:
        return f"{formal.name}*{minimum}"
    return formal.name + ("?" if formal.option == OPTIONAL else "")


def parameters(formals, minimum):
    fixed = sum(formal.option != VARIADIC for formal in formals)
    return " ".join(parameter(formal, max(0, minimum - fixed)) for formal in formals)


def attribute(definition):
    kind = str(definition.type).rsplit(".", 1)[-1].lower()
    return f"{definition.name}:{kind}" + ("!" if definition.required else "")


def line(schema):
    attributes = " ".join(attribute(schema.attributes[name]) for name in sorted(schema.attributes))
    fields = [f"{schema.name} {schema.since_version}", parameters(schema.inputs, schema.min_input),
              parameters(schema.outputs, schema.min_output), attributes]
    return " | ".join(fields).rstrip()


# The version in force at opset 7 is the newest one that is not above it.
standard = sorted((s for s in get_all_schemas_with_history() if s.domain == "" and s.since_version <= NEWEST), key=lambda s: (s.name, s.since_version))
newest_at_7 = {s.name: s.since_version for s in standard if s.since_version <= 7}
if onnx.defs.onnx_opset_version() < NEWEST:
    raise SystemExit(f"onnx {onnx.__version__} knows no opset {NEWEST}; install 1.20 or later.")
print(f"# Signatures of the operators of ai.onnx, opset 7 to {NEWEST}; written by operators.py from onnx {onnx.__version__}.")
for schema in standard:
    if schema.since_version >= newest_at_7.get(schema.name, 7) and not schema.deprecated:
        print(line(schema))
