package io.sluice.dialect.sqs.codec;

import io.sluice.dialect.sqs.protocol.SqsError;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Parameters of a form, of which those with dots in their names are structures, lists and maps:
///
/// ```text
///   SendMessageBatchRequestEntry.1.MessageAttribute.2.Value.StringValue
///   └── items of a list, numbered ─┘└── of a map ──┘└── a structure ──┘
/// ```
///
/// An item is found under the name of one (`Attribute.1`), under that of the whole (`Attributes.1`, `Attributes.member.1`, `Attributes.entry.1`), and without
/// a number when it is alone (`AttributeName`).
final class QueryFields implements Fields {
    private @Nullable String value;
    private Map<String, QueryFields> members = Map.of();

    void put(String name, String value) {
        var at = this;
        var start = 0;
        for (var dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', start)) {
            at = at.member(name.substring(start, dot));
            start = dot + 1;
        }
        at.member(name.substring(start)).value = value;
    }

    private QueryFields member(String name) {
        if (members.isEmpty()) {
            members = new LinkedHashMap<>();
        }
        return members.computeIfAbsent(name, _ -> new QueryFields());
    }

    @Override
    public @Nullable String text(String name) {
        var member = members.get(name);
        return member == null ? null : member.value;
    }

    @Override
    public @Nullable Long integer(String name) {
        var text = text(name);
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw new RefusedException(SqsError.invalid(text, name, "Must be an integer."));
        }
    }

    @Override
    public @Nullable ByteBuffer bytes(String name) {
        var text = text(name);
        if (text == null) {
            return null;
        }
        try {
            return ByteBuffer.wrap(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(SqsError.invalid(text, name, "Must be Base64."));
        }
    }

    @Override
    public List<String> texts(Member list) {
        var texts = new ArrayList<String>();
        for (var item : items(list)) {
            if (item.value != null) {
                texts.add(item.value);
            }
        }
        return texts;
    }

    @Override
    public List<Fields> structures(Member list) {
        return List.copyOf(items(list));
    }

    @Override
    public Map<String, String> map(Member map) {
        var texts = new LinkedHashMap<String, String>();
        for (var item : items(map)) {
            var key = item.key(map);
            var text = item.text("Value");
            if (text == null) {
                text = item.text("value");
            }
            if (key != null) {
                texts.put(key, text == null ? "" : text);
            }
        }
        return texts;
    }

    @Override
    public Map<String, Fields> structureMap(Member map) {
        var structures = new LinkedHashMap<String, Fields>();
        for (var item : items(map)) {
            var key = item.key(map);
            if (key != null) {
                var fields = item.members.get("Value");
                structures.put(key, fields == null ? new QueryFields() : fields);
            }
        }
        return structures;
    }

    private @Nullable String key(Member map) {
        var key = text(map.key());
        return key == null ? text("key") : key;
    }

    private List<QueryFields> items(Member list) {
        var single = members.get(list.query());
        var whole = members.get(list.json());
        if (single == null && whole == null) {
            return List.of();
        }
        var numbered = new TreeMap<Integer, QueryFields>();
        if (whole != null) {
            whole.addNumbered(numbered);
            whole.nested("member").addNumbered(numbered);
            whole.nested("entry").addNumbered(numbered);
        }
        if (single != null) {
            single.addNumbered(numbered);
        }
        if (numbered.isEmpty() && single != null) {
            return List.of(single);
        }
        return new ArrayList<>(numbered.values());
    }

    private QueryFields nested(String name) {
        var member = members.get(name);
        return member == null ? new QueryFields() : member;
    }

    private void addNumbered(Map<Integer, QueryFields> into) {
        members.forEach(
                (name, fields) -> {
                    if (isNumber(name)) {
                        into.put(Integer.valueOf(name), fields);
                    }
                });
    }

    private static boolean isNumber(String name) {
        return !name.isEmpty()
                && name.length() < 8
                && name.chars().allMatch(c -> '0' <= c && c <= '9');
    }
}
