from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from typing import Any

import pytest

from tests.worker.batches import META, Batch, job, request
from worker.engines import EngineError, Generation
from worker.engines.batch_file import BatchFileError
from worker.engines.recorded import RecordedEngine
from worker.protocol import GenerationJob

ID = "pets/1/fr"
PICTURE = hashlib.sha256(b"picture").hexdigest()


def generate(batch: Batch, asked: GenerationJob | None = None) -> Generation:
    engine = RecordedEngine(batch.write())
    try:
        return engine.generate(asked or job(), None)
    finally:
        engine.close()


def with_image(batch: Batch, part: dict[str, Any]) -> None:
    content = [{"type": "text", "text": "Describe."}, {"type": "image_url"} | part]
    batch.requests = [request(ID, messages=[{"role": "user", "content": content}])]


def test_an_answer_comes_with_all_of_its_provenance(batch: Batch) -> None:
    batch.add(ID, "Un chat.", system_fingerprint="vllm-0.33.0-abc")
    made = generate(batch)
    provenance = made.provenance.to_json()
    prompt = '[{"content":"Describe it in French.","role":"user"}]'
    assert made.text == "Un chat."
    assert provenance.pop("seconds") >= 0
    assert provenance == META | {
        "rendered_prompt": prompt,
        "parameters": {"temperature": 0.2, "system_fingerprint": "vllm-0.33.0-abc"},
        "seed": 7,
        "prompt_tokens": 11,
        "completion_tokens": 4,
        "finish_reason": "stop",
        "raw_output": "Un chat.",
    }


def test_half_surrogates_and_nul_become_storable(batch: Batch) -> None:
    batch.add(ID, "x")
    path = batch.write()
    path.write_text(path.read_text().replace('"x"', '"a\\ud800b\\u0000"'))
    engine = RecordedEngine(path)
    assert engine.generate(job(), None).text == "a\ufffdb\ufffd"
    engine.close()


@pytest.mark.parametrize(
    "part",
    [
        {
            "image_url": {
                "url": "data:image/png;base64," + base64.b64encode(b"picture").decode()
            }
        },
        {"image_url": {"url": f"sha256:{PICTURE}"}},
        {"image_url": {"url": "https://pictures.invalid/1.png"}, "uuid": PICTURE},
    ],
)
def test_an_image_stands_in_the_prompt_as_its_hash(
    batch: Batch, part: dict[str, Any]
) -> None:
    batch.add(ID, "Un chat.")
    with_image(batch, part)
    prompt = generate(batch, job(image_sha256=PICTURE)).provenance.rendered_prompt
    assert f'{{"url":"sha256:{PICTURE}"}}' in prompt
    assert "base64" not in prompt


def test_an_answer_about_another_image_is_refused(batch: Batch) -> None:
    batch.add(ID, "Un chat.")
    with_image(batch, {"image_url": {"url": f"sha256:{PICTURE}"}})
    with pytest.raises(EngineError, match="about another image") as caught:
        generate(batch, job(image_sha256="0" * 64))
    assert caught.value.reason_class == "bad_input"


def _response(batch: Batch, response: Any, error: Any = None) -> None:
    batch.answers = [{"custom_id": ID, "response": response, "error": error}]


CASES: list[tuple[str, Callable[[Batch], Any], str, str | None]] = [
    (
        "bad_input",
        lambda b: b.answers.clear(),
        "the recorded file has no answer for pets/1/fr",
        "",
    ),
    (
        "bad_input",
        lambda b: b.requests.clear(),
        "the recorded file has no request for pets/1/fr",
        "",
    ),
    (
        "bad_input",
        lambda b: b.requests[0].update(body={"model": "tiny"}),
        "the request has no messages",
        "",
    ),
    (
        "bad_input",
        lambda b: b.answers[0]["response"]["body"].update(model="huge"),
        "comes from huge, not tiny",
        "",
    ),
    (
        "bad_input",
        lambda b: _response(b, {"status_code": 400, "body": {"message": "too long"}}),
        "the batch recorded an error .400.: .*too long",
        "",
    ),
    (
        "bad_output",
        lambda b: _response(b, {"status_code": 500, "body": {}}),
        "recorded an error .500.",
        "",
    ),
    (
        "bad_output",
        lambda b: _response(b, None, {"message": "engine died"}),
        "recorded an error .None.: .*engine died",
        "",
    ),
    ("bad_output", lambda b: _response(b, []), "recorded an error", ""),
    ("bad_output", lambda b: _response(b, ["x"]), "not a chat completion", None),
    (
        "bad_output",
        lambda b: _response(b, {"status_code": 200, "body": {"choices": []}}),
        "not a chat completion",
        None,
    ),
    (
        "bad_output",
        lambda b: b.answers[0]["response"]["body"].update(usage={"prompt_tokens": "x"}),
        "not a chat completion",
        None,
    ),
    (
        "bad_output",
        lambda b: b.answers[0]["response"]["body"]["choices"][0].update(
            finish_reason="length"
        ),
        "was cut off .finish_reason length.",
        "Un chat.",
    ),
    (
        "bad_output",
        lambda b: b.answers[0]["response"]["body"]["choices"][0].update(
            finish_reason=None
        ),
        "no normal end",
        "Un chat.",
    ),
    (
        "bad_output",
        lambda b: b.answers[0]["response"]["body"]["choices"][0].update(
            message={"content": " "}
        ),
        "the answer is empty",
        "",
    ),
    (
        "refused",
        lambda b: b.answers[0]["response"]["body"]["choices"][0].update(
            message={"content": None, "refusal": "I cannot."}
        ),
        "the model refused",
        "I cannot.",
    ),
    (
        "refused",
        lambda b: b.answers[0]["response"]["body"]["choices"][0].update(
            finish_reason="content_filter"
        ),
        "the model refused",
        "Un chat.",
    ),
]


@pytest.mark.parametrize(("reason", "spoil", "message", "raw"), CASES)
def test_an_unusable_line_is_refused_with_its_class_and_raw_text(
    batch: Batch,
    reason: str,
    spoil: Callable[[Batch], Any],
    message: str,
    raw: str | None,
) -> None:
    batch.add(ID, "Un chat.")
    spoil(batch)
    with pytest.raises(EngineError, match=message) as caught:
        generate(batch)
    assert caught.value.reason_class == reason
    if raw is not None:
        assert caught.value.raw_output == raw
    else:
        assert ID in caught.value.raw_output


@pytest.mark.parametrize(
    ("meta", "reason"),
    [
        ({"model": "tiny"}, "batch.meta.json: model_revision: is missing"),
        (META | {"gpu": "H100"}, "batch.meta.json: gpu: no such field"),
        (META | {"licence": None}, "batch.meta.json: licence: expected text, got null"),
    ],
)
def test_an_incomplete_sidecar_is_refused(
    batch: Batch, meta: dict[str, Any], reason: str
) -> None:
    batch.meta = meta
    with pytest.raises(BatchFileError, match=reason):
        RecordedEngine(batch.write())


def test_a_missing_sidecar_or_request_file_is_named(batch: Batch) -> None:
    path = batch.write()
    for name in ("batch.meta.json", "batch.requests.jsonl", "batch.jsonl"):
        batch.folder.joinpath(name).unlink()
        with pytest.raises(BatchFileError, match=f"{name}: No such file"):
            RecordedEngine(path)


def test_the_requests_may_lie_elsewhere(batch: Batch) -> None:
    batch.add(ID, "Un chat.")
    path = batch.write()
    elsewhere = batch.folder / "input.jsonl"
    batch.folder.joinpath("batch.requests.jsonl").rename(elsewhere)
    engine = RecordedEngine(path, elsewhere)
    assert len(engine) == 1
    assert engine.generate(job(), None).provenance.seed == 7
    engine.close()
