package dev.jzoo.zoo.file;

import dev.jzoo.zoo.annotation.Internal;
import dev.jzoo.zoo.error.DataFormatException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A zip archive that is not trusted: its names cannot leave the folder, and its files cannot exceed their stated sizes. */
@Internal
public final class ZipArchive implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final ZipFile zip;
    private final SortedMap<String, ZipEntry> files = new TreeMap<>();

    private ZipArchive(Path file, ZipFile zip) {
        this.file = file;
        this.zip = zip;
    }

    /** Opens an archive. Fails with DataFormatException if it is not a zip archive, or a name in it is not safe. */
    public static ZipArchive open(Path file) throws IOException {
        ZipArchive archive;
        try {
            archive = new ZipArchive(file, new ZipFile(file.toFile()));
        } catch (ZipException | EOFException e) {
            throw new DataFormatException(file, "expected a zip archive: " + e.getMessage());
        }
        try {
            archive.readNames();
            return archive;
        } catch (IOException | RuntimeException e) {
            archive.close();
            throw e;
        }
    }

    private void readNames() throws IOException {
        Set<String> alike = new HashSet<>();
        for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
            String name = entry.getName();
            try {
                RelativePath.require(entry.isDirectory() ? name.substring(0, name.length() - 1) : name);
            } catch (IllegalArgumentException e) {
                throw new DataFormatException(
                        file, "entry '" + name.replaceAll("\\p{Cntrl}", "?") + "': " + e.getMessage());
            }
            if (!entry.isDirectory()) {
                // some file systems treat names that differ only in case as one
                if (!alike.add(name.toLowerCase(Locale.ROOT))) {
                    throw new DataFormatException(file, "expected each name once, found '" + name + "' twice");
                }
                files.put(name, entry);
            }
        }
    }

    /** Returns whether a folder has exactly these files, with these bytes. */
    public boolean isIn(Path folder) throws IOException {
        if (!Files.isDirectory(folder) || !filesBelow(folder).equals(List.copyOf(files.keySet()))) {
            return false;
        }
        for (ZipEntry entry : files.values()) {
            Path unpacked = folder.resolve(entry.getName());
            if (Files.size(unpacked) != entry.getSize()) {
                return false;
            }
            try (InputStream here = Files.newInputStream(unpacked);
                    InputStream there = zip.getInputStream(entry)) {
                if (!Sha256.of(here).equals(Sha256.of(there))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Writes the files into a folder that does not exist yet. */
    public void unpack(Path folder, Disk disk) throws IOException {
        for (ZipEntry entry : files.values()) {
            Path target = folder.resolve(entry.getName());
            disk.createFolderOf(target);
            try (InputStream in = zip.getInputStream(entry);
                    OutputStream out = disk.create(target, Disk.Durability.IN_MEMORY)) {
                copy(entry, in, out);
            }
        }
        disk.createFolders(folder);
    }

    private void copy(ZipEntry entry, InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long bytes = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            bytes += n;
            if (bytes > entry.getSize()) {
                throw new DataFormatException(
                        file, "entry '" + entry.getName() + "': expected " + entry.getSize() + " bytes, found more");
            }
            out.write(buffer, 0, n);
        }
    }

    /** Returns everything except folders, so that an extra link is not overlooked. */
    private static List<String> filesBelow(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .map(path -> folder.relativize(path).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
