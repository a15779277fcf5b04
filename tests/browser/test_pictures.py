"""Pictures of the documentation: `make pictures` writes them to docs/img, the suite only proves that it could."""

import os
from pathlib import Path

import pytest
from PIL import Image

from tests.browser.places import PLACES
from tests.browser.states import Rooms

# a picture of a README is loaded by everybody who opens it
MOST_BYTES = 200 * 1024
HOME = next(place for place in PLACES if place.name == "home")


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Folder of the pictures: the one that $PICTURES names, else one that is thrown away."""
    folder = Path(os.environ.get("PICTURES") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class TestPictures:
    def test_the_cabinet_of_a_doctor(self, rooms: Rooms, pictures: Path) -> None:
        page = rooms.show(HOME).page
        path = pictures / "cabinet.png"
        page.screenshot(path=path, full_page=True)
        shrink(path)
        with Image.open(path) as picture:
            assert picture.width == 1280
        assert path.stat().st_size < MOST_BYTES


def shrink(path: Path) -> None:
    """Keep 256 colours of a picture: the pages have fewer, only the edges of letters have more."""
    with Image.open(path) as picture:
        few = picture.convert("RGB").quantize(256, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
