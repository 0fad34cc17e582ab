package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The public and protected API of the libraries, compared with the files in docs/api. Types and packages that are marked
 * {@link dev.jzoo.zoo.annotation.Internal} are left out. The files are the baseline because japicmp needs a published version, which
 * does not exist yet.
 *
 * <p>{@value #RENEW} writes the files again.
 */
class ApiSignatureTest {

    private static final String RENEW = "mvn -q test -pl cli -Dtest=ApiSignatureTest -Dapi.renew=true";

    private static final Path FOLDER = Path.of("..", "docs", "api");

    /** Root packages of the libraries, which are the names of their files. */
    private static final List<String> LIBRARIES =
            List.of("export", "export.djl", "export.dl4j", "export.scratch", "finetune", "inference", "onnx", "zoo");

    static List<String> libraries() {
        return LIBRARIES;
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void theApiOfALibraryIsTheOneInItsFile(String library) throws IOException {
        Path file = FOLDER.resolve(library + ".txt");
        Set<String> found = signatures(library);
        if (Boolean.getBoolean("api.renew")) {
            Files.write(file, found);
        }
        Set<String> declared = new TreeSet<>(Files.readAllLines(file));
        List<String> difference = Stream.concat(
                        declared.stream().filter(line -> !found.contains(line)).map(line -> "- " + line),
                        found.stream().filter(line -> !declared.contains(line)).map(line -> "+ " + line))
                .sorted((a, b) -> a.substring(2).compareTo(b.substring(2)))
                .toList();
        assertTrue(
                difference.isEmpty(),
                () -> "The API of dev.jzoo." + library + " is not the one in docs/api/" + library + ".txt:\n"
                        + String.join("\n", difference) + "\nIf that is intended, renew the file and commit it: "
                        + RENEW);
    }

    @Test
    void eachFileBelongsToALibrary() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<String> names = files.map(file -> file.getFileName().toString().replaceFirst("\\.txt$", ""))
                    .sorted()
                    .toList();
            assertEquals(LIBRARIES, names);
        }
    }

    private static Set<String> signatures(String library) {
        Set<String> lines = new TreeSet<>();
        for (JavaClass type : HouseTest.CLASSES) {
            if (HouseTest.artifact(type).equals(library) && !ClosedPackagesTest.isInternal(type)) {
                Class<?> reflected = type.reflect();
                if (isVisible(reflected)) {
                    add(reflected, lines);
                }
            }
        }
        assertFalse(lines.isEmpty(), library);
        return lines;
    }

    private static boolean isVisible(Class<?> type) {
        return isOpen(type.getModifiers())
                && !type.getSimpleName().equals("package-info")
                && !type.isAnonymousClass()
                && !type.isLocalClass()
                && (type.getEnclosingClass() == null || isVisible(type.getEnclosingClass()));
    }

    private static void add(Class<?> type, Set<String> lines) {
        lines.add(name(type) + " : " + heading(type));
        for (Field field : type.getDeclaredFields()) {
            if (isOpen(field)) {
                lines.add(name(type) + "." + field.getName() + " : " + modifiers(field)
                        + shortened(field.getGenericType().getTypeName()));
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (isOpen(constructor) && !isCanonical(type, constructor)) {
                lines.add(name(type) + ".new"
                        + parameters(constructor.getGenericParameterTypes(), constructor.isVarArgs()) + " :"
                        + failures(constructor.getGenericExceptionTypes()));
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            if (isOpen(method) && !isImplied(type, method)) {
                lines.add(name(type) + "." + method.getName()
                        + parameters(method.getGenericParameterTypes(), method.isVarArgs()) + " : " + modifiers(method)
                        + variables(method.getTypeParameters())
                        + shortened(method.getGenericReturnType().getTypeName())
                        + failures(method.getGenericExceptionTypes()));
            }
        }
    }

    /** Returns the name with its package, so that types of one package stand together. */
    private static String name(Class<?> type) {
        return type.getCanonicalName();
    }

    private static String heading(Class<?> type) {
        String kind = type.isAnnotation()
                ? "annotation"
                : type.isInterface() ? "interface" : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
        int implied = Modifier.INTERFACE
                | Modifier.STATIC
                | (type.isInterface() ? Modifier.ABSTRACT : 0)
                | (type.isEnum() || type.isRecord() ? Modifier.FINAL | Modifier.ABSTRACT : 0);
        String heading = words(type.getModifiers() & ~implied & Modifier.classModifiers() | access(type.getModifiers()))
                + (type.isSealed() && !type.isEnum() ? "sealed " : "")
                + kind;
        if (type.getTypeParameters().length > 0) {
            heading += " " + variables(type.getTypeParameters()).strip();
        }
        if (type.isRecord()) {
            heading += Arrays.stream(type.getRecordComponents())
                    .map(ApiSignatureTest::component)
                    .collect(Collectors.joining(", ", "(", ")"));
        }
        if (type.getGenericSuperclass() != null && kind.equals("class") && type.getSuperclass() != Object.class) {
            heading += " extends " + shortened(type.getGenericSuperclass().getTypeName());
        }
        if (type.getGenericInterfaces().length > 0 && !type.isAnnotation()) {
            heading += (type.isInterface() ? " extends " : " implements ") + listed(type.getGenericInterfaces());
        }
        return type.isSealed() && !type.isEnum()
                ? heading + " permits "
                        + Arrays.stream(type.getPermittedSubclasses())
                                .map(each -> shortened(each.getTypeName()))
                                .sorted()
                                .collect(Collectors.joining(", "))
                : heading;
    }

    private static String component(RecordComponent component) {
        return shortened(component.getGenericType().getTypeName()) + " " + component.getName();
    }

    private static int access(int modifiers) {
        return modifiers & (Modifier.PUBLIC | Modifier.PROTECTED);
    }

    private static String modifiers(Member member) {
        int of = member instanceof Field
                ? Modifier.fieldModifiers()
                : member instanceof Method ? Modifier.methodModifiers() : Modifier.constructorModifiers();
        // A body is of no concern to a caller.
        int hidden = Modifier.SYNCHRONIZED | Modifier.NATIVE | Modifier.STRICT | Modifier.TRANSIENT | Modifier.VOLATILE;
        hidden |= member.getDeclaringClass().isInterface() ? Modifier.ABSTRACT : 0;
        boolean isDefault = member instanceof Method method && method.isDefault();
        return words(member.getModifiers() & of & ~hidden) + (isDefault ? "default " : "");
    }

    private static String words(int modifiers) {
        int named = modifiers & ~Modifier.PUBLIC;
        return named == 0 ? "" : Modifier.toString(named) + " ";
    }

    private static String parameters(Type[] types, boolean more) {
        String list = listed(types);
        return "(" + (more ? list.replaceFirst("\\[]$", "...") : list) + ")";
    }

    private static String failures(Type[] types) {
        return types.length == 0 ? "" : " throws " + listed(types);
    }

    private static String variables(TypeVariable<?>[] variables) {
        return variables.length == 0
                ? ""
                : Arrays.stream(variables).map(ApiSignatureTest::variable).collect(Collectors.joining(", ", "<", "> "));
    }

    private static String variable(TypeVariable<?> variable) {
        String bounds = Arrays.stream(variable.getBounds())
                .filter(bound -> bound != Object.class)
                .map(bound -> shortened(bound.getTypeName()))
                .collect(Collectors.joining(" & "));
        return variable.getName() + (bounds.isEmpty() ? "" : " extends " + bounds);
    }

    private static String listed(Type[] types) {
        return Arrays.stream(types).map(type -> shortened(type.getTypeName())).collect(Collectors.joining(", "));
    }

    /** Returns a name without packages: a simple name means one thing here. */
    private static String shortened(String name) {
        return name.replaceAll("\\b(?:[a-z][a-z0-9_]*\\.)+(?=[A-Z])", "").replace('$', '.');
    }

    private static boolean isOpen(Member member) {
        return isOpen(member.getModifiers()) && !member.isSynthetic();
    }

    private static boolean isOpen(int modifiers) {
        return access(modifiers) != 0;
    }

    /** Returns whether a constructor takes the components of its record, which are in the heading. */
    private static boolean isCanonical(Class<?> type, Constructor<?> constructor) {
        return type.isRecord()
                && Arrays.equals(
                        constructor.getParameterTypes(),
                        Arrays.stream(type.getRecordComponents())
                                .map(RecordComponent::getType)
                                .toArray());
    }

    /** Returns whether every record, enum or object has the method. */
    private static boolean isImplied(Class<?> type, Method method) {
        String signature = method.getName() + parameters(method.getGenericParameterTypes(), false);
        return Set.of("equals(Object)", "hashCode()", "toString()").contains(signature)
                || type.isRecord()
                        && Arrays.stream(type.getRecordComponents())
                                .anyMatch(component -> method.equals(component.getAccessor()))
                || type.isEnum() && Set.of("values()", "valueOf(String)").contains(signature)
                || method.isBridge();
    }
}
