package io.sluice.dialect.sqs.signature;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A query string's parameters, decoded, in their order.
record QueryParameters(List<Parameter> all) {
    record Parameter(String name, String value) {}

    static QueryParameters of(String query) {
        var all = new ArrayList<Parameter>();
        for (var part : query.split("&", -1)) {
            if (!part.isEmpty()) {
                var equals = part.indexOf('=');
                var name = equals < 0 ? part : part.substring(0, equals);
                var value = equals < 0 ? "" : part.substring(equals + 1);
                all.add(new Parameter(UriEncoding.decode(name), UriEncoding.decode(value)));
            }
        }
        return new QueryParameters(all);
    }

    Optional<String> value(String name) {
        return all.stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(Parameter::value)
                .findFirst();
    }

    /// As they are signed: encoded anew and sorted, without the signature itself.
    String canonical() {
        return all.stream()
                .filter(parameter -> !parameter.name().equals("X-Amz-Signature"))
                .map(
                        parameter ->
                                new Parameter(
                                        UriEncoding.encode(parameter.name()),
                                        UriEncoding.encode(parameter.value())))
                .sorted(Comparator.comparing(Parameter::name).thenComparing(Parameter::value))
                .map(parameter -> parameter.name() + "=" + parameter.value())
                .collect(Collectors.joining("&"));
    }
}
