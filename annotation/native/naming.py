"""The items that the rows of a file name, by key or by picture."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from annotation import images
from annotation.models import Dataset, Image, Item
from corpus.sources.native_texts import NativeText
from corpus.sources.source import CellError


@dataclass(frozen=True, slots=True)
class Named:
    """What a batch of rows may be about: items by key, and by the id of their image."""

    dataset: Dataset
    by_key: dict[str, Item]
    by_image: dict[int, list[Item]]
    image_ids: dict[str, int]

    @classmethod
    def by(cls, dataset: Dataset, texts: Iterable[NativeText]) -> Self:
        """Four queries at most, however many rows."""
        texts = list(texts)
        rows = Item.objects.filter(dataset=dataset).select_related("image", "dataset")
        keys = {text.key for text in texts if text.key}
        image_ids = _image_ids(texts)
        by_image = defaultdict(list)
        for item in rows.filter(image__in=set(image_ids.values())).order_by("pk"):
            assert item.image_id is not None
            by_image[item.image_id].append(item)
        by_key = {item.key: item for item in rows.filter(key__in=keys)}
        return cls(dataset, by_key, dict(by_image), image_ids)

    @property
    def items(self) -> list[Item]:
        shown = [item for items in self.by_image.values() for item in items]
        return [*self.by_key.values(), *shown]

    def item_of(self, text: NativeText) -> Item:
        """The one item that a row is about. Raises CellError if it is none, or several.

        A picture may be shown by items of several kinds: the row's own tells them apart.
        """
        if text.key:
            if text.key not in self.by_key:
                reason = f"{self.dataset} has no item {text.key[:80]}"
                raise CellError("key", reason)
            return self.by_key[text.key]
        image = self.image_ids.get(text.sha256 or text.url)
        shown = self.by_image.get(image, []) if image else []
        found = [item for item in shown if text.kind in ("", item.kind)]
        if not found:
            raise CellError("image", f"no item of {self.dataset} shows this picture")
        if len(found) > 1:
            keys = ", ".join(item.key[:40] for item in found[:5])
            reason = (
                f"{len(found)} items show this picture ({keys}): name one by its key"
            )
            raise CellError("image", reason)
        return found[0]


def _image_ids(texts: Iterable[NativeText]) -> dict[str, int]:
    """The ids of the images by what the rows call them: hash or address."""
    hashes = {text.sha256 for text in texts if text.sha256}
    urls = {text.url for text in texts if text.url}
    stored = Image.objects.filter(sha256__in=hashes).values_list("sha256", "pk")
    addressed = images.by_address(urls)
    return {str(sha256): pk for sha256, pk in stored} | {
        url: image.pk for url, image in addressed.items()
    }
