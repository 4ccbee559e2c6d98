# Reads metrics from the input as Prometheus' own client does, and prints what it has understood:
# kind and name of each family, then its samples.
import sys

from prometheus_client.parser import text_string_to_metric_families

for family in text_string_to_metric_families(sys.stdin.read()):
    print(family.type, family.name, "|", family.documentation)
    for sample in family.samples:
        labels = ",".join(f"{name}={value}" for name, value in sorted(sample.labels.items()))
        print(" ", f"{sample.name}[{labels}]", sample.value)
