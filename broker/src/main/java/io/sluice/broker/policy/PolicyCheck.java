package io.sluice.broker.policy;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/// What is wrong with settings, in one sentence that names the setting and says why: asked before anything is set, whoever sets it. Where settings
/// stand among other things with names of their own, ask [NamesCheck].
public final class PolicyCheck {
    private PolicyCheck() {}

    /// @param values all that is set in one place
    /// @return empty: nothing is wrong
    public static Optional<String> problem(PolicyValues values) {
        return wrongValue(values).or(() -> contradiction(values));
    }

    /// Of what is set in one place, in the face of what weaker places say. It must fit together by itself, or else with those: who sets one half of a
    /// pair here and has the other half from there makes no mistake, nor does he whom a weaker place does not suit.
    public static Optional<String> problem(PolicyValues values, PolicyValues weaker) {
        return problem(values)
                .filter(
                        _ ->
                                wrongValue(values).isPresent()
                                        || contradiction(values.over(weaker)).isPresent());
    }

    private static Optional<String> wrongValue(PolicyValues values) {
        return values.find(
                (setting, value) ->
                        value.isEmpty()
                                ? Optional.empty()
                                : setting.isSecret() && value.equals(PolicySetting.HIDDEN)
                                        ? Optional.of(
                                                setting.text()
                                                        + " must not be "
                                                        + PolicySetting.HIDDEN
                                                        + ", which is what is shown in a secret's place")
                                        : setting.kind()
                                                .problem(value)
                                                .map(problem -> setting.text() + " " + problem));
    }

    private static Optional<String> contradiction(PolicyValues values) {
        var policy = QueuePolicy.of(values);
        var retry = policy.retry();
        var breaker = policy.breaker();
        if (retry.initialMillis() > retry.maxMillis()) {
            return Optional.of(
                    "retry.initial.ms is "
                            + retry.initialMillis()
                            + " and must not be larger than retry.max.ms, which is "
                            + retry.maxMillis());
        }
        if (retry.attemptsMax() >= 0 && retry.immediate() >= retry.attemptsMax()) {
            return Optional.of(
                    "retry.immediate is "
                            + retry.immediate()
                            + " and must be less than retry.max.attempts, which is "
                            + retry.attemptsMax()
                            + " and counts the first try");
        }
        if (breaker.openMillis() > breaker.openMaxMillis()) {
            return Optional.of(
                    "breaker.open.ms is "
                            + breaker.openMillis()
                            + " and must not be larger than breaker.open.max.ms, which is "
                            + breaker.openMaxMillis());
        }
        if (!breaker.inSeconds() && breaker.minimumCalls() > breaker.windowSize()) {
            return Optional.of(
                    "breaker.minimum.calls is "
                            + breaker.minimumCalls()
                            + " and must not be larger than breaker.window.size, which is "
                            + breaker.windowSize()
                            + ": the window would never hold so many");
        }
        return policy.push().flatMap(push -> pushProblem(push, values));
    }

    private static Optional<String> pushProblem(PushPolicy push, PolicyValues values) {
        var codes = values.text(PolicySetting.PUSH_DEAD_LETTER_CODES);
        if (codes.isPresent() && !codes.get().matches("[1-5][0-9]{2}(\\s*,\\s*[1-5][0-9]{2})*")) {
            return Optional.of(
                    "push.dead.letter.codes must be HTTP status codes with commas between");
        }
        try {
            var url = new URI(push.url());
            boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (!http || url.getHost() == null) {
                return Optional.of("push.url must be an http or https address with a host");
            }
            if (url.getUserInfo() != null || url.getFragment() != null) {
                return Optional.of("push.url must have neither a user nor a fragment");
            }
            return Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.of("push.url must be an http or https address");
        }
    }
}
