package io.sluice.conformance.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaPackage;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// Who may see whom.
final class ArrowsTest {
    @Test
    void theRulesSeeTheWholeProduct() {
        assertThat(Product.CLASSES)
                .extracting(type -> type.getPackageName())
                .contains(
                        "io.sluice.base",
                        "io.sluice.broker",
                        "io.sluice.engine.shard",
                        "io.sluice.transport",
                        "io.sluice.dialect.kafka",
                        "io.sluice.dialect.amqp.codec",
                        "io.sluice.dialect.sqs.codec",
                        "io.sluice.dialect.push",
                        "io.sluice.admin.management",
                        "io.sluice.server");
    }

    @Test
    void theBaseSeesOnlyTheJdk() {
        classes()
                .that()
                .resideInAPackage("io.sluice.base..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.sluice.base..", "java..", "jdk..", "org.jspecify..")
                .check(Product.CLASSES);
    }

    @Test
    void theBrokerSeesOnlyTheBaseOfOurs() {
        noClasses()
                .that()
                .resideInAPackage("io.sluice.broker..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.sluice.engine..",
                        "io.sluice.transport..",
                        "io.sluice.dialect..",
                        "io.sluice.server..")
                .check(Product.CLASSES);
    }

    @Test
    void theEngineSeesNeitherTransportNorDialects() {
        noClasses()
                .that()
                .resideInAPackage("io.sluice.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.sluice.transport..",
                        "io.sluice.dialect..",
                        "io.sluice.server..",
                        "io.netty..")
                .check(Product.CLASSES);
    }

    @Test
    void theTransportSeesNeitherEngineNorDialects() {
        noClasses()
                .that()
                .resideInAPackage("io.sluice.transport..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.sluice.engine..", "io.sluice.dialect..", "io.sluice.server..")
                .check(Product.CLASSES);
    }

    @Test
    void aDialectNeverSeesTheEngine() {
        noClasses()
                .that()
                .resideInAnyPackage("io.sluice.dialect..", "org.apache.kafka..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.sluice.engine..", "io.sluice.server..")
                .check(Product.CLASSES);
    }

    @Test
    void noDialectSeesAnother() {
        for (var dialect : List.of("kafka", "amqp", "sqs", "push")) {
            noClasses()
                    .that()
                    .resideInAPackage("io.sluice.dialect." + dialect + "..")
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("io.sluice.dialect..")
                                    .and(
                                            resideOutsideOfPackage(
                                                    "io.sluice.dialect." + dialect + "..")))
                    .check(Product.CLASSES);
        }
    }

    @Test
    void aCodecSeesNeitherSessionsNorTheTransport() {
        noClasses()
                .that()
                .resideInAPackage("io.sluice.dialect.*.codec..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.sluice.dialect.*.session..",
                        "io.sluice.dialect.*.mapping..",
                        "io.sluice.transport..")
                .check(Product.CLASSES);
    }

    @Test
    void whatSqsSaysIsUnderstoodWithoutKnowingWhoDoesIt() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.sluice.dialect.sqs.codec..",
                        "io.sluice.dialect.sqs.json..",
                        "io.sluice.dialect.sqs.protocol..",
                        "io.sluice.dialect.sqs.signature..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.sluice.dialect.sqs",
                        "io.sluice.dialect.sqs.message..",
                        "io.sluice.dialect.sqs.operation..",
                        "io.sluice.dialect.sqs.queue..",
                        "io.sluice.transport..",
                        "io.netty..")
                .check(Product.CLASSES);
    }

    @Test
    void theAdminApiKnowsTheBrokerAndNobodyElse() {
        noClasses()
                .that()
                .resideInAPackage("io.sluice.admin..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.sluice.engine..",
                        "io.sluice.transport..",
                        "io.sluice.dialect..",
                        "io.sluice.server..",
                        "io.netty..")
                .check(Product.CLASSES);
    }

    @Test
    void insideTheEngineStorageIsBelowTheLogBelowPartitionsBelowShards() {
        noClasses()
                .that()
                .resideInAPackage("io.sluice.engine.storage..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.sluice.engine.log..",
                        "io.sluice.engine.partition..",
                        "io.sluice.engine.catalog..",
                        "io.sluice.engine.shard..")
                .check(Product.CLASSES);
        noClasses()
                .that()
                .resideInAPackage("io.sluice.engine.log..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.sluice.engine.partition..",
                        "io.sluice.engine.catalog..",
                        "io.sluice.engine.shard..")
                .check(Product.CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage("io.sluice.engine.partition..", "io.sluice.engine.catalog..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.sluice.engine.shard..", "io.sluice.engine.storage..")
                .check(Product.CLASSES);
    }

    @Test
    void onlyTheKafkaDialectSeesKafka() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.sluice.dialect.kafka..", "org.apache.kafka..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .check(Product.CLASSES);
    }

    /// What its service is put together from is visible only there.
    @Test
    void inKafkasOwnPackageThereIsNothingOfOursButTheDoorToItsCoordinator() {
        assertThat(Product.CLASSES)
                .filteredOn(type -> type.getPackageName().startsWith("org.apache.kafka"))
                .filteredOn(type -> type.getEnclosingClass().isEmpty())
                .extracting(JavaClass::getName)
                .containsExactlyInAnyOrder(
                        "org.apache.kafka.coordinator.group.HostedGroupCoordinator",
                        "org.apache.kafka.coordinator.group.package-info");
    }

    @Test
    void everyPackageSaysThatNullIsTheException() {
        var packages = new TreeSet<String>();
        for (var type : Product.CLASSES) {
            JavaPackage home = type.getPackage();
            if (home.tryGetPackageInfo()
                    .filter(info -> info.isAnnotatedWith(NullMarked.class))
                    .isEmpty()) {
                packages.add(home.getName());
            }
        }
        assertThat(packages).isEmpty();
    }
}
