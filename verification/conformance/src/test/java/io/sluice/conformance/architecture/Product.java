package io.sluice.conformance.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/// Every class that is shipped.
final class Product {
    /// Imported once for all rules: reading the class files takes longer than checking them.
    static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .withImportOption(location -> !location.contains("/verification/"))
                    .importPackages("io.sluice", "org.apache.kafka.coordinator.group")
                    .that(isOurs());

    private Product() {}

    /// Ours are the packages of `io.sluice` and what we had to put into Kafka's own package.
    private static DescribedPredicate<JavaClass> isOurs() {
        return DescribedPredicate.describe(
                "ours",
                type ->
                        type.getPackageName().startsWith("io.sluice")
                                || type.getSource()
                                        .filter(
                                                source ->
                                                        !source.getUri()
                                                                .toString()
                                                                .contains(
                                                                        "kafka-group-coordinator"))
                                        .isPresent());
    }
}
