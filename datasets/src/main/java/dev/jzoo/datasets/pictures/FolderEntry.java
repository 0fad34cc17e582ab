package dev.jzoo.datasets.pictures;

import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A file or folder in a folder of pictures.
 *
 * @param name its name, the same in every locale and on every file system
 */
record FolderEntry(String name, Path path) {

    /** Other files that operating systems, unzip programs and network drives create among pictures; in lower case. */
    private static final Set<String> LITTER = Set.of("thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx", "@eadir");

    /**
     * The endings of picture files. They include formats that cannot be decoded, so that such a file is reported and not skipped.
     */
    private static final Set<String> PICTURES = Set.of(
            "jpg", "jpeg", "jpe", "jfif", "png", "bmp", "gif", "webp", "tif", "tiff", "heic", "heif", "avif", "jp2",
            "jxl", "psd", "tga", "ppm", "pgm", "pbm");

    /**
     * Returns the content of a folder, sorted by name, without hidden files and litter.
     *
     * @param root the real path of the folder of pictures, which links must not leave
     * @throws JZooException BAD_INPUT if a symbolic link leads out of the root or is broken, or if there is a pipe, a socket or a
     *     device
     */
    static List<FolderEntry> in(Path folder, Path root) throws IOException {
        List<FolderEntry> entries = new ArrayList<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder)) {
            for (Path path : paths) {
                String name = nameOf(path);
                if (!name.startsWith(".") && !LITTER.contains(name.toLowerCase(Locale.ROOT))) {
                    requireInside(path, root);
                    requireFileOrFolder(path);
                    entries.add(new FolderEntry(name, path));
                }
            }
        }
        // two names that differ only in invalid UTF-8 bytes may look the same
        entries.sort(Comparator.comparing(FolderEntry::name).thenComparing(FolderEntry::path));
        return entries;
    }

    boolean isFolder() {
        return Files.isDirectory(path);
    }

    boolean isPicture() {
        return PICTURES.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    /**
     * Returns the name in Unicode's composed form, whatever form the file system stores. The text of a path depends on the locale
     * and may contain question marks; its URI has the bytes of the name.
     */
    static String nameOf(Path path) {
        String uri = path.toUri().getRawPath();
        String whole = uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
        String name = whole.substring(whole.lastIndexOf('/') + 1).replace("+", "%2B");
        return Normalizer.normalize(URLDecoder.decode(name, StandardCharsets.UTF_8), Normalizer.Form.NFC);
    }

    /** Rejects other entries, because reading a pipe could wait forever. */
    private static void requireFileOrFolder(Path path) {
        if (!Files.isRegularFile(path) && !Files.isDirectory(path)) {
            throw new JZooException(
                    JZooException.Code.BAD_INPUT,
                    path + " is neither a file nor a folder, but a pipe, a socket or a device.",
                    "Remove it from the folder of pictures.");
        }
    }

    private static void requireInside(Path path, Path root) throws IOException {
        if (!Files.isSymbolicLink(path)) {
            return;
        }
        Path target;
        try {
            target = path.toRealPath();
        } catch (NoSuchFileException e) {
            throw new JZooException(
                    JZooException.Code.BAD_INPUT,
                    path + " is a link to a missing file.",
                    "Delete the link, or restore the file.");
        }
        if (!target.startsWith(root)) {
            throw new JZooException(
                    JZooException.Code.BAD_INPUT,
                    path + " is a link out of the folder, to " + target + ".",
                    "Replace the link with the files themselves; only links within the folder are followed.");
        }
    }
}
