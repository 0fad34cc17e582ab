package dev.jzoo.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/** A copy of this checkout that a test may build. It has no tests, and nothing that was built. */
final class SourcesCopy {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private SourcesCopy() {}

    /**
     * Copies the checkout.
     *
     * @param without folders of the root that are left out
     */
    static void make(Path copy, Set<String> without) throws IOException {
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path from, BasicFileAttributes attributes) throws IOException {
                Path path = ROOT.relativize(from);
                String name = path.getFileName().toString();
                if (without.contains(path.toString())
                        || name.equals("target")
                        || path.endsWith("src/test")
                        || name.startsWith(".") && !name.equals(".mvn")) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(copy.resolve(path));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path from, BasicFileAttributes attributes) throws IOException {
                Files.copy(from, copy.resolve(ROOT.relativize(from)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
