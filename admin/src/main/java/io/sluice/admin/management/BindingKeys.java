package io.sluice.admin.management;

import io.sluice.admin.http.Percent;
import io.sluice.broker.routing.Binding;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/// What tells the bindings between one source and one destination apart in a path: the key `properties_key`.
///
/// ```text
///   no key, no arguments     ~
///   key                      escaped, spaces as +
///   key and arguments        escaped key ~ hash of the arguments
/// ```
///
/// The hash is our own: clients take the key from one of our answers and never make it themselves.
final class BindingKeys {
    private static final String NONE = "~";

    private BindingKeys() {}

    static String key(Binding binding) {
        if (binding.arguments().isEmpty()) {
            return binding.routingKey().isEmpty() ? NONE : escaped(binding.routingKey());
        }
        return escaped(binding.routingKey()) + NONE + hash(binding.arguments());
    }

    /// Whether a path means that binding, in which the key is escaped once more, or not.
    ///
    /// @param inPath decoded once
    static boolean matches(Binding binding, String inPath) {
        var key = key(binding);
        return key.equals(inPath) || unescaped(key).equals(unescaped(inPath));
    }

    private static String escaped(String routingKey) {
        return Percent.encode(routingKey).replace("~", "%7E").replace("%20", "+");
    }

    private static String unescaped(String key) {
        return Percent.decode(key.replace('+', ' '));
    }

    private static String hash(Map<String, String> arguments) {
        var sum = new CRC32();
        new TreeMap<>(arguments)
                .forEach(
                        (name, value) ->
                                sum.update(
                                        (name + '\u0000' + value + '\u0000')
                                                .getBytes(StandardCharsets.UTF_8)));
        var bytes = ByteBuffer.allocate(Integer.BYTES).putInt((int) sum.getValue()).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
