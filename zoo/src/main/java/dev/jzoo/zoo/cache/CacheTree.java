package dev.jzoo.zoo.cache;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The files and folders in a folder that other processes change meanwhile. Entries that disappear during the walk are left out; {@code
 * Files.walk} would fail. Does not follow links: a link is a file.
 */
final class CacheTree {

    private final SortedSet<Path> files = new TreeSet<>();
    private final SortedSet<Path> folders = new TreeSet<>();

    /** The entries of a folder and its subfolders; none if the folder does not exist. */
    CacheTree(Path folder) throws IOException {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.walkFileTree(folder, new Collector());
        }
    }

    /** Returns the files and links, sorted. */
    List<Path> files() {
        return List.copyOf(files);
    }

    /** Returns the folders, sorted. */
    List<Path> folders() {
        return List.copyOf(folders);
    }

    private final class Collector extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            folders.add(folder);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            files.add(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
            if (failure == null || failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }
    }
}
