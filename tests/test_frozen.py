"""Records behave as frozen dataclasses would."""

from __future__ import annotations

import copy
import dataclasses
import pickle

import pytest

from spasm_reference.records import COLLECTIONS, Code, Effect


def test_a_record_cannot_be_changed() -> None:
    """Setting or deleting a field fails, and a field that does not exist cannot be added."""
    code = Code(system="MeSH", code="D009120", label="Muscle Cramp")
    with pytest.raises(AttributeError, match="read-only"):
        code.label = "x"  # type: ignore[misc]
    with pytest.raises(AttributeError, match="read-only"):
        del code.label
    with pytest.raises(AttributeError, match="read-only"):
        code.extra = 1  # type: ignore[attr-defined]


def test_missing_and_unknown_fields_are_refused() -> None:
    """The constructor wants exactly the fields of the type."""
    with pytest.raises(TypeError, match="needs label"):
        Code(system="MeSH", code="D009120")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="no field extra"):
        Code(system="MeSH", code="D009120", label="x", extra=1)  # type: ignore[call-arg]


def test_equal_values_are_equal_records() -> None:
    """Equality and hash go by value; copies are the same object; pickles are equal."""
    one = Effect(measure="risk-ratio", value=1.04)
    two = Effect(measure="risk-ratio", value=1.04)
    assert one == two
    assert hash(one) == hash(two)
    assert one != Effect(measure="risk-ratio", value=1.05)
    assert copy.deepcopy(one) is one
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301
    assert repr(one) == "Effect(measure='risk-ratio', value=1.04)"


def test_the_dataclasses_helpers_work() -> None:
    """People who know dataclasses can use what they know."""
    code = Code(system="MeSH", code="D009120", label="Muscle Cramp")
    assert dataclasses.is_dataclass(code)
    assert [field.name for field in dataclasses.fields(code)] == ["system", "code", "label", "version"]
    assert dataclasses.replace(code, label="Cramp").label == "Cramp"
    assert dataclasses.asdict(code)["code"] == "D009120"


def test_every_type_resolves_its_field_types() -> None:
    """No annotation names something that does not exist."""
    for cls in COLLECTIONS.values():
        assert list(cls.field_types()) == list(cls.field_names())
