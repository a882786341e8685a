"""The weights of a ranking."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from os import PathLike
from typing import Any

from duijie import _duijie
from duijie.arguments import path_text, write_file
from duijie.errors import ArgumentTypeError, InputError, ProfileError, UnknownIdError


class RankProfile:
    """Every weight of a ranking, under the names that they have in the file: `parts.concepts`, `institutions.decay`.

    Without an argument it is the built-in profile; another one loads from a TOML file. A profile does not
    change: `changed` gives another one.

    Args:
        path: A TOML file that `save` or an editor wrote.

    Raises:
        ProfileError: If a weight is missing, unknown, negative or no number.

    >>> profile = RankProfile()
    >>> profile["parts.concepts"]
    1.0
    >>> bolder = profile.changed({"parts.text": 0.6}, name="bolder")
    >>> bolder
    RankProfile('bolder', parts.text=0.6)
    """

    _core: _duijie.RankProfile

    def __init__(self, path: str | PathLike[str] | None = None) -> None:
        usual = path is None
        self._core = _duijie.RankProfile.builtin("default") if usual else _duijie.RankProfile.load(path_text(path))

    @classmethod
    def built_in(cls, name: str) -> RankProfile:
        """A built-in profile: `default`, `with-vectors`, or `bottleneck` for 卡脖子 listings.

        Raises:
            UnknownIdError: If there is none of that name.
        """
        profile = cls.__new__(cls)
        profile._core = _duijie.RankProfile.builtin(name)
        return profile

    @property
    def name(self) -> str:
        """Names the profile in tables and run files."""
        return str(json.loads(self._core.to_json())["name"])

    def to_dict(self) -> dict[str, float]:
        """All weights by name."""
        sections = json.loads(self._core.to_json())
        return {
            f"{section}.{weight}": value
            for section, weights in sections.items()
            if isinstance(weights, dict)
            for weight, value in weights.items()
        }

    def __getitem__(self, weight: str) -> float:
        weights = self.to_dict()
        if weight not in weights:
            raise _unknown(weight, weights)
        return weights[weight]

    def changed(self, weights: Mapping[str, float], *, name: str | None = None) -> RankProfile:
        """A profile with some weights changed.

        Args:
            weights: New values by name.
            name: Name of the new profile; that of this one with `*` behind it if not given.

        Raises:
            UnknownIdError: If there is no weight of a name.
            ProfileError: If a value is not usable.
        """
        sections = json.loads(self._core.to_json())
        known = self.to_dict()
        for weight, value in weights.items():
            if weight not in known:
                raise _unknown(weight, known)
            section, _, key = weight.partition(".")
            sections[section][key] = _number(weight, value, known[weight])
        sections["name"] = name or f"{sections['name'].rstrip('*')}*"
        return _from_json(json.dumps(sections))

    def save(self, path: str | PathLike[str]) -> None:
        """Writes the profile as a TOML file, which the command `duijie --profile` takes too.

        Raises:
            FileAccessError: If the file cannot be written.
        """
        write_file(path, self._core.to_toml())

    def __repr__(self) -> str:
        usual = RankProfile().to_dict()
        other = [f"{weight}={value}" for weight, value in self.to_dict().items() if usual.get(weight) != value]
        return f"RankProfile({', '.join([repr(self.name), *other])})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RankProfile) and self._core.to_json() == other._core.to_json()

    def __hash__(self) -> int:
        return hash(self._core.to_json())

    def __reduce__(self) -> tuple[Any, ...]:
        return _from_json, (self._core.to_json(),)


def _from_json(text: str) -> RankProfile:
    profile = RankProfile.__new__(RankProfile)
    profile._core = _duijie.RankProfile.from_json(text)
    return profile


def weights_of(profile: RankProfile | str | None, usual: str = "default") -> RankProfile:
    """The profile that a caller means: one, the name of a built-in one, or the `usual` if none is given.

    Raises:
        UnknownIdError: If there is no built-in one of that name.
        ArgumentTypeError: If it is neither.
    """
    if isinstance(profile, RankProfile):
        return profile
    if profile is None or isinstance(profile, str):
        return RankProfile.built_in(usual if profile is None else profile)
    raise ArgumentTypeError(f"profile should be a RankProfile or the name of a built-in one, found {profile!r}")


def weights_with(profile: RankProfile | str | None, vectors: object | None) -> RankProfile:
    """As `weights_of`, for demands with these vectors of an encoder, or without any.

    Raises:
        InputError: If the profile weighs vectors and there are none.
    """
    weights = weights_of(profile, "default" if vectors is None else "with-vectors")
    if vectors is None and weights["parts.semantic"] > 0:
        wanted = f"the profile {weights.name!r} weighs an encoder's vectors, and none are given"
        raise InputError(f"{wanted}; give vectors or an encoder, or another profile")
    return weights


def _number(weight: str, value: object, before: float) -> float:
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError) as error:
        raise ProfileError(f"the weight {weight!r} should be a number, found {value!r}") from error
    if not math.isfinite(number):
        raise ProfileError(f"the weight {weight!r} should be a finite number, found {value!r}")
    return int(number) if isinstance(before, int) and number.is_integer() else number


def _unknown(weight: str, known: Mapping[str, float]) -> UnknownIdError:
    return UnknownIdError(f"there is no weight {weight!r}; there are: {', '.join(known)}")
