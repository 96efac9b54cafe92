"""domain.md 39: soft prompts, quotations exempt."""

import pytest

from riskassessment import guidance


class TestPrompts:
    @pytest.mark.parametrize(
        ("text", "suggestion"),
        [
            ("He absconded from the home", "went missing"),
            ("It is a lifestyle choice", "is being exploited"),
            ("She is putting herself at risk", "is being put at risk"),
        ],
    )
    def test_suggests_other_words(self, text: str, suggestion: str) -> None:
        assert suggestion in [prompt.suggestion for prompt in guidance.prompts(text)]

    @pytest.mark.parametrize("quoted", ["“absconded”", '"absconded"', "‘absconded’"])
    def test_leaves_quotations_alone(self, quoted: str) -> None:
        assert guidance.prompts(f"Her mother said {quoted} twice") == []

    def test_finds_nothing_in_plain_words(self) -> None:
        assert guidance.prompts("She went missing twice and is afraid of an older man.") == []
