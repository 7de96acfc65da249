"""tools/yaml12.py reads YAML 1.2, whatever PyYAML thinks."""
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

import yaml12  # noqa: E402


class Yaml12(unittest.TestCase):
    def test_words_stay_words(self):
        self.assertEqual(yaml12.load("{no: {on: off, y: yes}, n: No}"),
                         {"no": {"on": "off", "y": "yes"}, "n": "No"})

    def test_truth_and_null(self):
        self.assertEqual(yaml12.load("[true, False, null, ~, '']"),
                         [True, False, None, None, ""])
        self.assertEqual(yaml12.load("a:\nb: 1"), {"a": None, "b": 1})

    def test_numbers(self):
        self.assertEqual(yaml12.load("[0, -7, +3, 9007199254740991, 1.5, 1e3, 0x1F]"),
                         [0, -7, 3, 9007199254740991, 1.5, 1000.0, 31])

    def test_what_looks_like_a_date_or_a_time_is_text(self):
        self.assertEqual(yaml12.load("[2020-12-31, 12:30:00, 3.1.0, '200']"),
                         ["2020-12-31", "12:30:00", "3.1.0", "200"])

    def test_nothing_but_data_is_made(self):
        with self.assertRaises(Exception):
            yaml12.load("!!python/object/apply:os.getcwd []")


if __name__ == "__main__":
    unittest.main()
