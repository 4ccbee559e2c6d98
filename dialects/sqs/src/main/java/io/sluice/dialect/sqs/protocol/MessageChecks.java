package io.sluice.dialect.sqs.protocol;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What may be wrong with a message whatever queue it is for.
public final class MessageChecks {
    private static final int ATTRIBUTES_MAX = 10;
    private static final int ID_LENGTH_MAX = 128;
    private static final int NAME_LENGTH_MAX = 256;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
    private static final Pattern RESERVED =
            Pattern.compile("(aws|amazon)\\..*", Pattern.CASE_INSENSITIVE);
    private static final Pattern TYPE = Pattern.compile("(String|Number|Binary)(\\..+)?");
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");

    private MessageChecks() {}

    public static Optional<SqsError> body(String body) {
        if (body.isEmpty()) {
            return Optional.of(SqsError.missing("MessageBody"));
        }
        return MessageText.isLegal(body)
                ? Optional.empty()
                : Optional.of(
                        new SqsError(
                                ErrorKind.INVALID_MESSAGE_CONTENTS,
                                "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF"));
    }

    /// A group's or a deduplication's name.
    public static Optional<SqsError> id(String parameter, Optional<String> id) {
        if (id.isEmpty() || isId(id.get())) {
            return Optional.empty();
        }
        return Optional.of(
                SqsError.invalid(
                        id.get(),
                        parameter,
                        parameter
                                + " can only include alphanumeric and punctuation characters. 1 to 128 in length."));
    }

    private static boolean isId(String id) {
        return !id.isEmpty()
                && id.length() <= ID_LENGTH_MAX
                && id.chars().allMatch(c -> '!' <= c && c <= '~');
    }

    /// The sender's attributes.
    public static Optional<SqsError> attributes(Map<String, MessageAttribute> attributes) {
        if (attributes.size() > ATTRIBUTES_MAX) {
            return refused(
                    "Number of message attributes [%d] exceeds the allowed maximum [%d]."
                            .formatted(attributes.size(), ATTRIBUTES_MAX));
        }
        for (var attribute : attributes.entrySet()) {
            var name = attribute.getKey();
            var wrong = name(name).or(() -> value("(user)", name, attribute.getValue()));
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    /// The attributes that mean something to the service.
    public static Optional<SqsError> systemAttributes(Map<String, MessageAttribute> attributes) {
        for (var attribute : attributes.entrySet()) {
            var name = attribute.getKey();
            if (!name.equals("AWSTraceHeader")) {
                return refused("Message system attribute name '" + name + "' is invalid.");
            }
            var wrong = value("(system)", name, attribute.getValue());
            if (wrong.isPresent()) {
                return wrong;
            }
            if (!attribute.getValue().dataType().equals("String")) {
                return refused(
                        "Message system attribute '" + name + "' must be of data type 'String'.");
            }
        }
        return Optional.empty();
    }

    private static Optional<SqsError> name(String name) {
        if (name.isEmpty() || name.length() > NAME_LENGTH_MAX) {
            return refused("Length of message attribute name must be less than 256 bytes.");
        }
        if (RESERVED.matcher(name).matches()) {
            return refused(
                    "You can't use message attribute names beginning with 'AWS.' or 'Amazon.'. These strings are reserved for internal use.");
        }
        return NAME.matcher(name).matches()
                ? Optional.empty()
                : refused(
                        "The message attribute name '"
                                + name
                                + "' is invalid. Attribute name can contain A-Z, a-z, 0-9, underscore (_), hyphen (-), and period (.) characters.");
    }

    private static Optional<SqsError> value(String owner, String name, MessageAttribute attribute) {
        var type = attribute.dataType();
        if (type.isEmpty()) {
            return refused(
                    "The message attribute '"
                            + name
                            + "' must contain a non-empty message attribute type.");
        }
        var form = TYPE.matcher(type);
        if (type.length() > NAME_LENGTH_MAX || !form.matches()) {
            return refused(
                    "The message attribute '"
                            + name
                            + "' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.");
        }
        return switch (attribute) {
            case MessageAttribute.Text text -> text(owner, name, text, form.group(1));
            case MessageAttribute.Binary binary ->
                    form.group(1).equals("Binary") && binary.value().hasRemaining()
                            ? Optional.empty()
                            : empty(owner, name, type);
        };
    }

    private static Optional<SqsError> text(
            String owner, String name, MessageAttribute.Text text, String base) {
        if (base.equals("Binary") || text.value().isEmpty()) {
            return empty(owner, name, text.dataType());
        }
        if (!MessageText.isLegal(text.value())) {
            return refused(
                    "Message "
                            + owner
                            + " attribute '"
                            + name
                            + "' contains characters that are not allowed.");
        }
        return base.equals("Number") && !NUMBER.matcher(text.value()).matches()
                ? refused("Can't cast the value of message attribute '" + name + "' to a number.")
                : Optional.empty();
    }

    private static Optional<SqsError> empty(String owner, String name, String type) {
        return refused(
                "Message %s attribute '%s' must contain a non-empty value of type '%s'."
                        .formatted(owner, name, type));
    }

    private static Optional<SqsError> refused(String message) {
        return Optional.of(SqsError.invalid(message));
    }
}
