"""Checks rendered manifests against the schemas of their release of Kubernetes; fields that it does not know are refused."""

import pathlib
import sys

import kubernetes_validate
import yaml

CUSTOM = {"ScaledObject", "ServiceMonitor", "PrometheusRule"}

checked = 0
faults = []
for file in sorted(pathlib.Path(sys.argv[1]).glob("*.yaml")):
    version = file.stem.rsplit("-", 1)[1]
    for resource in yaml.safe_load_all(file.read_text()):
        if resource is None or resource["kind"] in CUSTOM:
            continue
        checked += 1
        try:
            kubernetes_validate.validate(resource, version, strict=True)
        except (kubernetes_validate.ValidationError, kubernetes_validate.SchemaNotFoundError) as error:
            place = ".".join(str(part) for part in getattr(error, "path", []))
            faults.append(f"{file.name}: {resource['kind']} {place}: {error.message}")
print("\n".join(faults) or f"{checked} resources are as Kubernetes describes them")
sys.exit(1 if faults or checked == 0 else 0)
