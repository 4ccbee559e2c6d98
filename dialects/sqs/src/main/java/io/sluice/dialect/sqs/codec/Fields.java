package io.sluice.dialect.sqs.codec;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request's parameters, or a structure's within, whichever protocol they came by. What is not there is null or empty; what is there but of another kind
/// ends the reading with a [RefusedException].
sealed interface Fields permits JsonFields, QueryFields {
    @Nullable String text(String name);

    @Nullable Long integer(String name);

    /// Of Base64.
    @Nullable ByteBuffer bytes(String name);

    List<String> texts(Member list);

    List<Fields> structures(Member list);

    /// In the order of arrival; of equal names the last counts.
    Map<String, String> map(Member map);

    Map<String, Fields> structureMap(Member map);
}
