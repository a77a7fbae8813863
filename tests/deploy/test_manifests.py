"""What is deployed is well formed, closed, watched and backed by files that somebody makes."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from app.settings import secrets, variables
from tests.support.documented import ROOT

DEPLOY = ROOT / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
MANIFESTS = [
    one
    for path in sorted((DEPLOY / "kubernetes").glob("*.yaml"))
    if path.name != "kustomization.yaml"
    for one in yaml.safe_load_all(path.read_text("utf-8"))
]
LASTING = {name: one for name, one in COMPOSE["services"].items() if one.get("restart") != "no"}
SETTINGS = {name for name, _, _ in variables()} | {f"{name}_FILE" for name in secrets()}


def named(kind: str, name: str) -> Any:
    return next(one for one in MANIFESTS if (one["kind"], one["metadata"]["name"]) == (kind, name))


def containers() -> list[tuple[str, Any]]:
    """Every container of every pod, with the kind of its pod."""
    pods = [
        (one["metadata"]["name"], one["spec"]["template"]["spec"])
        for one in MANIFESTS
        if "template" in one.get("spec", {})
    ]
    return [(name, each) for name, pod in pods for each in (*pod.get("initContainers", ()), *pod["containers"])]


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda one: f"{one['kind']}-{one['metadata']['name']}")
def test_each_manifest_is_what_kubernetes_takes(manifest: Any) -> None:
    kubernetes_validate.validate(manifest, "1.33", strict=True)


def test_the_kustomization_names_every_manifest() -> None:
    listed = yaml.safe_load((DEPLOY / "kubernetes" / "kustomization.yaml").read_text("utf-8"))["resources"]
    assert sorted(listed) == sorted(
        path.name for path in (DEPLOY / "kubernetes").glob("*.yaml") if path.name != "kustomization.yaml"
    )


@pytest.mark.parametrize(
    ("pod", "container"), containers(), ids=lambda one: one if isinstance(one, str) else one["name"]
)
def test_every_container_is_closed_and_bounded(pod: str, container: Any) -> None:
    context = container["securityContext"]
    assert context["readOnlyRootFilesystem"] is True
    assert context["allowPrivilegeEscalation"] is False
    assert context["capabilities"] == {"drop": ["ALL"]}
    assert "memory" in container["resources"]["limits"]


@pytest.mark.parametrize("name", ["onopen", "varnish"])
def test_what_serves_is_probed_and_never_all_gone(name: str) -> None:
    (container,) = named("Deployment", name)["spec"]["template"]["spec"]["containers"]
    assert {"readinessProbe", "livenessProbe"} <= container.keys()
    assert named("PodDisruptionBudget", name)["spec"]["minAvailable"] >= 1


def test_the_autoscaler_keeps_two_and_is_quicker_up_than_down() -> None:
    scaler = named("HorizontalPodAutoscaler", "onopen")["spec"]
    assert scaler["minReplicas"] == 2
    assert (
        scaler["behavior"]["scaleUp"]["stabilizationWindowSeconds"]
        < scaler["behavior"]["scaleDown"]["stabilizationWindowSeconds"]
    )


def test_every_setting_there_is_one() -> None:
    of_pods = {one["name"] for _, container in containers() for one in container.get("env", ())}
    of_compose = {name for service in COMPOSE["services"].values() for name in service.get("environment", {})}
    assert {name for name in of_pods | of_compose if name.startswith("ONOPEN_")} <= SETTINGS


def test_compose_has_two_servers_and_every_service_says_how_it_is() -> None:
    assert [name for name in LASTING if name.startswith("onopen")] == ["onopen-1", "onopen-2"]
    dockerfile = (ROOT / "Dockerfile").read_text("utf-8")
    for name, service in LASTING.items():
        assert "healthcheck" in service or ("build" in service and "HEALTHCHECK" in dockerfile), name
    assert LASTING["onopen-1"]["volumes"] != LASTING["onopen-2"]["volumes"], "each has a state of its own"


def test_secrets_are_files_which_the_script_makes_and_keeps(tmp_path: Path) -> None:
    made = tmp_path / "secrets"
    shutil.copytree(DEPLOY / "secrets", made, ignore=shutil.ignore_patterns("[!m.]*"))
    subprocess.run([made / "make"], check=True)
    wanted = {Path(one["file"]).name for one in COMPOSE["secrets"].values()}
    before = {name: (made / name).read_text("ascii") for name in wanted}
    assert all(len(text) >= 32 for text in before.values())
    assert len(set(before.values())) == len(wanted)
    subprocess.run([made / "make"], check=True)
    assert {name: (made / name).read_text("ascii") for name in wanted} == before
    assert before["store_password"] in before["store"]
    items = {
        item["key"]
        for one in MANIFESTS
        for volume in one.get("spec", {}).get("template", {}).get("spec", {}).get("volumes", ())
        for item in volume.get("secret", {}).get("items", ())
    }
    assert items == wanted
