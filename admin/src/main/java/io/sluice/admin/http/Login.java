package io.sluice.admin.http;

import io.sluice.broker.Catalog;
import io.sluice.broker.security.User;
import io.sluice.broker.security.Users;
import io.sluice.broker.security.Users.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// Who a request comes from: HTTP's basic authentication against the catalog's users.
public final class Login {
    private static final String SCHEME = "basic ";

    private Login() {}

    /// What came of it.
    public sealed interface Outcome {
        record Known(User user) implements Outcome {}

        /// To be answered so.
        record Unknown(Answer answer) implements Outcome {}
    }

    public static Outcome of(Catalog catalog, Request request) {
        var header = request.authorization();
        if (header.isEmpty()) {
            return new Outcome.Unknown(Answer.loginNeeded());
        }
        var credentials = credentials(header.get());
        if (credentials.isEmpty()) {
            return new Outcome.Unknown(Answer.loginFailed());
        }
        var loopback = request.peer().isLoopbackAddress();
        var given = credentials.get();
        return switch (Users.authenticate(catalog, given.name, given.password, loopback)) {
            case Verdict.Welcome(User user) -> new Outcome.Known(user);
            case Verdict.Refused _ -> new Outcome.Unknown(Answer.loginFailed());
        };
    }

    private static Optional<Credentials> credentials(String header) {
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        try {
            var bytes = Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
            for (int i = 0; i < bytes.length; i++) {
                if (bytes[i] == ':') {
                    var name = new String(bytes, 0, i, StandardCharsets.UTF_8);
                    return Optional.of(
                            new Credentials(name, Arrays.copyOfRange(bytes, i + 1, bytes.length)));
                }
            }
            return Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static final class Credentials {
        private final String name;
        private final byte[] password;

        Credentials(String name, byte[] password) {
            this.name = name;
            this.password = password;
        }
    }
}
