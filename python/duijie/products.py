"""New technologies and products to show on site."""

from __future__ import annotations

from duijie import _duijie
from duijie.arguments import whole_number
from duijie.catalogue import Catalogue
from duijie.report import Report
from duijie.sources import Source, _door, demand_list
from duijie.terms import Terms, term_files


def showcase(
    products: Source,
    demands: Source = (),
    *,
    chain: str | None = None,
    picks: int = 10,
    catalogue: Catalogue | None = None,
    terms: Terms | None = None,
) -> Report:
    """New technologies and products to show on site: representative, diverse, of interest to demands.

    Tables: `picks`, in the order of choosing, and `duplicates`, products that another says already.

    Args:
        products: A frame, a list of dicts, or paths.
        demands: The demands that may take an interest.
        chain: Only products of this chain, and those of no known chain.
        picks: How many to choose.
        catalogue: Chains and sub-industries; the built-in ones if not given.
        terms: Term files of your own, as the command's `--terms` takes them: the path of one, or several.

    >>> products = [{"id": "P1", "title": "高刚性电主轴"}, {"id": "P2", "title": "高刚性电主轴"}]
    >>> found = showcase(products)
    >>> [row["product"] for row in found], found["duplicates"].to_dicts()[0]["same_as"]
    (['P1'], 'P1')
    """
    known = catalogue or Catalogue()
    core = demand_list(demands, known, None)
    most, files = whole_number("picks", picks), term_files(terms)
    return Report._of(_duijie.showcase(_door(products), core, known._core, chain=chain, picks=most, terms=files))
