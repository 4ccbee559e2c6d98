package io.sluice.conformance.architecture;

import static com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED;
import static com.tngtech.archunit.core.domain.JavaModifier.VOLATILE;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import io.sluice.base.Host;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.coordinator.group.HostedGroupCoordinator;
import org.junit.jupiter.api.Test;

/// Time, chance, files and threads come in through the door: so a simulated broker is the real one.
final class DoorsTest {
    /// Where concurrency lives, and with it the reading of clocks.
    private static final String[] SHELL = {
        "io.sluice.engine.drive..",
        "io.sluice.engine.shard..",
        "io.sluice.engine.log.embedded..",
        "io.sluice.transport..",
        "io.sluice.server.."
    };

    private static final Map<String, Set<String>> CLOCKS =
            Map.of(
                    "java.lang.System", Set.of("currentTimeMillis", "nanoTime"),
                    "java.time.Clock", Set.of("systemUTC", "systemDefaultZone", "system"),
                    "java.time.Instant", Set.of("now"),
                    "java.time.LocalDateTime", Set.of("now"),
                    "java.time.ZonedDateTime", Set.of("now"));

    private static final Map<String, Set<String>> CHANCE =
            Map.of(
                    "java.lang.Math", Set.of("random"),
                    "java.util.UUID", Set.of("randomUUID"),
                    "java.util.Random", Set.of("<init>"),
                    "java.security.SecureRandom", Set.of("<init>"),
                    "java.util.concurrent.ThreadLocalRandom", Set.of("current"));

    /// Names of files and what opens them; not the exceptions, with which storage answers.
    private static final String FILES =
            "java\\.nio\\.file\\..*(?<!Exception)|java\\.io\\.(File|RandomAccessFile).*";

    private static final Map<String, Set<String>> OPENING =
            Map.of("java.nio.channels.FileChannel", Set.of("open"));

    @Test
    void onlyTheShellReadsAClock() {
        noClasses()
                .that()
                .resideOutsideOfPackages(SHELL)
                .and()
                .doNotHaveFullyQualifiedName("io.sluice.base.SystemClock")
                .should()
                .callCodeUnitWhere(calls("a clock", CLOCKS))
                .check(Product.CLASSES);
    }

    @Test
    void chanceIsHandedIn() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.sluice.server..")
                .should()
                .callCodeUnitWhere(calls("chance", CHANCE))
                .check(Product.CLASSES);
    }

    @Test
    void onlyStorageAndTheServerOpenFiles() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.sluice.engine.storage..", "io.sluice.server..")
                .should()
                .dependOnClassesThat()
                .haveNameMatching(FILES)
                .orShould()
                .callCodeUnitWhere(calls("the opening of a file", OPENING))
                .check(Product.CLASSES);
    }

    @Test
    void onlyTheShellHasThreadsExecutorsAndLocks() {
        noClasses()
                .that()
                .resideOutsideOfPackages(SHELL)
                .and(
                        // Dresses a lent thread as the executor that Kafka's runtime wants; says
                        // what a thread can be.
                        DescribedPredicate.not(
                                JavaClass.Predicates.belongToAnyOf(
                                        HostedGroupCoordinator.class, Host.class)))
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.lang\\.Thread(\\$.*)?"
                                + "|java\\.util\\.concurrent\\.(locks\\..*|.*Executor.*|CountDownLatch|Semaphore|ForkJoin.*)"
                                + "|java\\.util\\.Timer")
                .check(Product.CLASSES);
        noFields()
                .that()
                .areDeclaredInClassesThat()
                .resideOutsideOfPackages(SHELL)
                .should()
                .haveModifier(VOLATILE)
                .check(Product.CLASSES);
        noMethods()
                .that()
                .areDeclaredInClassesThat()
                .resideOutsideOfPackages(SHELL)
                .should()
                .haveModifier(SYNCHRONIZED)
                .check(Product.CLASSES);
    }

    @Test
    void onlyTheServerSpeaksToTheTerminal() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.sluice.server..")
                .should()
                .accessTargetWhere(
                        DescribedPredicate.describe(
                                "standard output or error",
                                access ->
                                        access.getTarget()
                                                        instanceof
                                                        AccessTarget.FieldAccessTarget field
                                                && field.getOwner().isEquivalentTo(System.class)
                                                && Set.of("out", "err").contains(field.getName())))
                .check(Product.CLASSES);
    }

    private static DescribedPredicate<JavaCall<?>> calls(
            String what, Map<String, Set<String>> methods) {
        return DescribedPredicate.describe(what, call -> isOneOf(call.getTarget(), methods));
    }

    private static boolean isOneOf(CodeUnitCallTarget target, Map<String, Set<String>> methods) {
        return methods.getOrDefault(target.getOwner().getName(), Set.of())
                .contains(target.getName());
    }
}
