package io.sluice.schema.json;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;

/// Regular expressions that cannot hang: their time grows with the length of the text, and only so. What needs more than that, looking around and
/// back references, is refused with its schema.
final class LinearPatterns implements RegularExpressionFactory {
    private static final long SIZE_MAX = 10_000;
    private static final int HEX_DIGITS = 4;

    @Override
    public RegularExpression getRegularExpression(String regex) {
        long size = PatternSize.of(regex);
        if (size > SIZE_MAX) {
            throw new IllegalArgumentException("the pattern is too large: " + shown(regex));
        }
        try {
            var pattern = Pattern.compile(translated(regex));
            return text -> {
                Work.CURRENT.get().take(size * (text.length() + 1L));
                return pattern.matcher(text).find();
            };
        } catch (PatternSyntaxException unknown) {
            throw new IllegalArgumentException(
                    "the pattern " + shown(regex) + " is not taken: " + unknown.getDescription());
        }
    }

    private static String shown(String regex) {
        return regex.length() > 100 ? regex.substring(0, 100) + "..." : regex;
    }

    /// What ECMAScript writes as a backslash, `u` and four digits is written otherwise here.
    private static String translated(String regex) {
        if (!regex.contains("\\u")) {
            return regex;
        }
        var text = new StringBuilder();
        for (int i = 0; i < regex.length(); i++) {
            char c = regex.charAt(i);
            if (c != '\\' || i + 1 == regex.length()) {
                text.append(c);
            } else if (regex.charAt(i + 1) == 'u' && i + 2 + HEX_DIGITS <= regex.length()) {
                text.append("\\x{").append(regex, i + 2, i + 2 + HEX_DIGITS).append('}');
                i += 1 + HEX_DIGITS;
            } else {
                text.append(c).append(regex.charAt(++i));
            }
        }
        return text.toString();
    }
}
