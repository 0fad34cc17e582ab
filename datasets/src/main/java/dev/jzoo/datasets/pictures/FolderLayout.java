package dev.jzoo.datasets.pictures;

import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The layout of a folder of pictures: its folders for parts and classes.
 *
 * @param parts the pictures of each class, by the name of the class, sorted; a class may have none
 * @param others files whose ending is not that of a picture
 */
record FolderLayout(Map<PictureFolder.Subset, Map<String, List<FolderEntry>>> parts, List<Path> others) {

    static final String EXPECTED = "Expected one folder of pictures for each class, named after the class:"
            + " DIR/cat/1.jpg, DIR/dog/1.jpg; or such folders in DIR/train, DIR/val and DIR/test.";

    /** The maximum depth of nested top folders. Without it, a link to the folder itself would be followed forever. */
    private static final int DEEPEST_TOP = 8;

    static FolderLayout of(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            throw new JZooException(
                    JZooException.Code.NOT_FOUND, "There is no folder " + folder + ".", "Check the path for typos.");
        }
        if (!Files.isDirectory(folder)) {
            throw new DataFormatException(
                    folder, "expected a folder of pictures, found a file; unpack an archive first");
        }
        return new FolderScan(folder.toRealPath()).top(folder, 0);
    }

    /** A scan of one folder, which also collects the files that are not pictures. */
    private static final class FolderScan {

        private final Path root;
        private final List<Path> others = new ArrayList<>();

        FolderScan(Path root) {
            this.root = root;
        }

        FolderLayout top(Path folder, int depth) throws IOException {
            List<FolderEntry> entries = FolderEntry.in(folder, root);
            List<FolderEntry> folders =
                    entries.stream().filter(FolderEntry::isFolder).toList();
            Optional<FolderEntry> picture = entries.stream()
                    .filter(entry -> !entry.isFolder() && entry.isPicture())
                    .findFirst();
            if (picture.isPresent()) {
                throw bad(folder + " has pictures next to its folders, such as "
                        + picture.get().name() + ", and their class is unknown.");
            }
            if (folders.isEmpty()) {
                throw bad(folder + " has no folders with pictures.");
            }
            // skip an archive's single top folder; a single folder of pictures would be the only class
            if (folders.size() == 1 && depth < DEEPEST_TOP && hasFolders(folders.get(0))) {
                noteOthers(entries);
                return top(folders.get(0).path(), depth + 1);
            }
            noteOthers(entries);
            Map<PictureFolder.Subset, Map<String, List<FolderEntry>>> parts = new EnumMap<>(PictureFolder.Subset.class);
            List<FolderEntry> split = new ArrayList<>();
            for (FolderEntry entry : folders) {
                if (part(entry.name()).isPresent() && hasFolders(entry)) {
                    split.add(entry);
                }
            }
            if (split.isEmpty()) {
                parts.put(PictureFolder.Subset.WHOLE, classes(folder, folders));
            } else {
                splitParts(folder, folders, split, parts);
            }
            return new FolderLayout(parts, List.copyOf(others));
        }

        private void splitParts(
                Path folder,
                List<FolderEntry> folders,
                List<FolderEntry> split,
                Map<PictureFolder.Subset, Map<String, List<FolderEntry>>> parts)
                throws IOException {
            for (FolderEntry entry : folders) {
                if (!split.contains(entry)) {
                    throw bad(folder + " has parts (" + names(split) + ") and next to them the folder " + entry.name()
                            + ", which is not a part, or has no classes in it.");
                }
                PictureFolder.Subset part = part(entry.name()).orElseThrow();
                List<FolderEntry> inside = FolderEntry.in(entry.path(), root);
                Optional<FolderEntry> loose = inside.stream()
                        .filter(file -> !file.isFolder() && file.isPicture())
                        .findFirst();
                if (loose.isPresent()) {
                    throw bad(entry.path() + " has pictures next to its classes, such as "
                            + loose.get().name() + ", and their class is unknown.");
                }
                noteOthers(inside);
                Map<String, List<FolderEntry>> classes = classes(
                        entry.path(),
                        inside.stream().filter(FolderEntry::isFolder).toList());
                if (parts.put(part, classes) != null) {
                    throw bad(folder + " has two folders for " + part.words() + ": " + names(split) + ".");
                }
            }
            if (!parts.containsKey(PictureFolder.Subset.TRAIN)) {
                throw bad(folder + " has " + names(split) + ", but no folder 'train'.");
            }
        }

        private Map<String, List<FolderEntry>> classes(Path folder, List<FolderEntry> folders) throws IOException {
            Map<String, List<FolderEntry>> classes = new TreeMap<>();
            Map<String, String> alike = new TreeMap<>();
            for (FolderEntry entry : folders) {
                String before = alike.put(alike(entry.name()), entry.name());
                if (before != null) {
                    throw new JZooException(
                            JZooException.Code.BAD_INPUT,
                            folder + " has the classes '" + before + "' and '" + entry.name()
                                    + "', which differ only in case.",
                            "Put their pictures into one folder, or rename one of them.");
                }
                List<FolderEntry> pictures = new ArrayList<>();
                for (FolderEntry file : FolderEntry.in(entry.path(), root)) {
                    if (file.isFolder()) {
                        throw bad("The class " + entry.path() + " has a folder in it, " + file.name()
                                + ", but only pictures were expected.");
                    } else if (file.isPicture()) {
                        pictures.add(file);
                    } else {
                        others.add(file.path());
                    }
                }
                classes.put(entry.name(), pictures);
            }
            return classes;
        }

        private boolean hasFolders(FolderEntry entry) throws IOException {
            return FolderEntry.in(entry.path(), root).stream().anyMatch(FolderEntry::isFolder);
        }

        private void noteOthers(List<FolderEntry> entries) {
            entries.stream()
                    .filter(entry -> !entry.isFolder())
                    .map(FolderEntry::path)
                    .forEach(others::add);
        }
    }

    private static Optional<PictureFolder.Subset> part(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "train" -> Optional.of(PictureFolder.Subset.TRAIN);
            case "val", "valid", "validation" -> Optional.of(PictureFolder.Subset.VALIDATION);
            case "test" -> Optional.of(PictureFolder.Subset.TEST);
            default -> Optional.empty();
        };
    }

    /** Returns a key that is the same for names that differ only in case. */
    static String alike(String name) {
        return Normalizer.normalize(name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    }

    private static String names(List<FolderEntry> entries) {
        return String.join(", ", entries.stream().map(FolderEntry::name).toList());
    }

    static JZooException bad(String message) {
        return new JZooException(JZooException.Code.BAD_INPUT, message, EXPECTED);
    }
}
