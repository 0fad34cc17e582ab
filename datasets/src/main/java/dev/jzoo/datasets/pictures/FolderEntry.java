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

    /** What else operating systems, unzippers and network drives put beside pictures; in lower case. */
    private static final Set<String> LITTER = Set.of("thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx", "@eadir");

    /**
     * Endings of pictures, those included that cannot be decoded: whoever has such a file shall be told, and not find
     * it passed over.
     */
    private static final Set<String> PICTURES = Set.of(
            "jpg", "jpeg", "jpe", "jfif", "png", "bmp", "gif", "webp", "tif", "tiff", "heic", "heif", "avif", "jp2",
            "jxl", "psd", "tga", "ppm", "pgm", "pbm");

    /**
     * What is in a folder, sorted by name, without hidden files and litter.
     *
     * @param root the real path of the folder of pictures, which no link may leave
     * @throws JZooException BAD_INPUT where a symbolic link leads out of the root, or to nothing, and where there is
     *     a pipe, a socket or a device
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
        // two names that differ in bytes that are no UTF-8 may look the same
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
     * The name, in Unicode's composed form, whatever the file system made of it. A path's own text is what the locale
     * makes of the bytes on the disk, question marks for instance; its URI has the bytes.
     */
    static String nameOf(Path path) {
        String uri = path.toUri().getRawPath();
        String whole = uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
        String name = whole.substring(whole.lastIndexOf('/') + 1).replace("+", "%2B");
        return Normalizer.normalize(URLDecoder.decode(name, StandardCharsets.UTF_8), Normalizer.Form.NFC);
    }

    /** Reading a pipe could wait for ever. */
    private static void requireFileOrFolder(Path path) {
        if (!Files.isRegularFile(path) && !Files.isDirectory(path)) {
            throw new JZooException(
                    JZooException.Code.BAD_INPUT,
                    path + " is neither a file nor a folder, but a pipe, a socket or a device.",
                    "Take it out of the folder of pictures.");
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
                    path + " is a link to a file that is not there.",
                    "Delete the link, or put the file where it leads.");
        }
        if (!target.startsWith(root)) {
            throw new JZooException(
                    JZooException.Code.BAD_INPUT,
                    path + " is a link that leads out of the folder, to " + target + ".",
                    "Put the files themselves there; only links within the folder are followed.");
        }
    }
}
