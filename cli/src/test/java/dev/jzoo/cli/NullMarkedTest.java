package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** NullAway checks marked packages only, so a package without the mark would not be checked: docs/decisions/house/checks.md. */
class NullMarkedTest {

    private static final Set<String> LIBRARIES = Set.of("zoo", "inference", "onnx", "report");

    @Test
    void eachPackageOfTheseLibrariesIsNullMarked() {
        Set<String> unmarked = new TreeSet<>();
        for (JavaClass type : HouseTest.CLASSES) {
            if (LIBRARIES.contains(HouseTest.artifact(type))
                    && !type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked")) {
                unmarked.add(type.getPackageName());
            }
        }
        assertEquals(
                Set.of("dev.jzoo.onnx.proto"), unmarked, "The generated package is the only one without the mark.");
    }
}
