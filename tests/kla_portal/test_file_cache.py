"""The embedded portal's cache never stands in the way of a page."""

from kla_portal.cache import ForgivingFileCache


def test_a_folder_that_cannot_be_used_is_replaced_by_memory(tmp_path):
    blocked = tmp_path / "cache"
    blocked.write_text("a file where the folder should be")
    cache = ForgivingFileCache(str(blocked), {})

    cache.set("tries", 3)

    assert (cache.get("tries"), cache.add("tries", 4), cache.has_key("tries")) == (3, False, True)


def test_a_good_folder_is_shared_between_processes(tmp_path):
    ForgivingFileCache(str(tmp_path), {}).set("tries", 3)

    assert ForgivingFileCache(str(tmp_path), {}).get("tries") == 3
