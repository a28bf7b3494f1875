"""A spec that says each thing once: what all layers share of a channel stands above them, and a colour has a name.

Streamlit sends a chart's spec with its data at every run, so what is written in each layer is sent each time.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

Spec = dict[str, Any]
SHORTER_THAN = 24  # characters of an expression that a name would not make shorter


def brief(spec: Spec) -> Spec:
    """The same chart in fewer bytes; the spec given is left as it is."""
    return _named_expressions(_shared_channels(spec))


def _shared_channels(spec: Spec) -> Spec:
    """What every layer says alike of a channel goes into the `encoding` of the whole.

    Vega-Lite completes a layer's channel by the one above it, so a channel moves only where every layer has it with
    a field or a datum of its own.
    """
    layers = [dict(layer) for layer in spec.get("layer", ())]
    above: Spec = {}
    for channel in set.intersection(*(set(layer.get("encoding", ())) for layer in layers)) if layers else ():
        said = [layer["encoding"][channel] for layer in layers]
        if not all(isinstance(each, dict) and ("field" in each or "datum" in each) for each in said):
            continue
        alike = {
            key: value for key, value in said[0].items() if all(key in each and each[key] == value for each in said)
        }
        own = {"field", "datum"}
        above[channel] = {key: value for key, value in alike.items() if key not in own}
        for layer in layers:
            rest = {key: value for key, value in layer["encoding"][channel].items() if key not in above[channel]}
            layer["encoding"] = layer["encoding"] | {channel: rest}
    above = {channel: said for channel, said in above.items() if said}
    return spec | {"layer": layers, "encoding": above} if above else spec


def _named_expressions(spec: Spec) -> Spec:
    """An expression that stands more than once and looks at no row gets a name, and is written once."""
    counts = Counter(_expressions(spec))
    often = [each for each, times in counts.items() if times > 1 and len(each) > SHORTER_THAN and "datum" not in each]
    names = {expression: f"c{number}" for number, expression in enumerate(sorted(often))}
    if not names:
        return spec
    params = [{"name": name, "expr": expression} for expression, name in names.items()]
    named: Spec = _renamed(spec, names)
    return named | {"params": [*named.get("params", ()), *params]}


def _expressions(part: Any) -> list[str]:
    match part:
        case {"expr": str(expression)}:
            return [expression]
        case dict():
            return [found for value in part.values() for found in _expressions(value)]
        case list():
            return [found for value in part for found in _expressions(value)]
    return []


def _renamed(part: Any, names: dict[str, str]) -> Any:
    match part:
        case {"expr": str(expression)}:
            return part | {"expr": names.get(expression, expression)}
        case dict():
            return {key: _renamed(value, names) for key, value in part.items()}
        case list():
            return [_renamed(value, names) for value in part]
    return part
