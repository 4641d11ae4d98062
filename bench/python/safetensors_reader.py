"""Reads a safetensors file: an 8-byte length, a JSON header, raw little-endian tensors."""
import json
import torch

DTYPES = {"F32": torch.float32, "F64": torch.float64, "I64": torch.int64, "U8": torch.uint8}


def read(path):
    """Gives (tensors by name, metadata)."""
    with open(path, "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        body = bytearray(file.read())
    metadata = header.pop("__metadata__", {})

    def tensor(entry):
        first, last = entry["data_offsets"]
        return torch.frombuffer(body[first:last], dtype=DTYPES[entry["dtype"]]).reshape(entry["shape"])

    return {name: tensor(entry) for name, entry in header.items()}, metadata
