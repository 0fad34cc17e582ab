package dev.jzoo.zoo.hub;

import dev.jzoo.zoo.annotation.Internal;
import dev.jzoo.zoo.cache.CacheDirectory;
import dev.jzoo.zoo.catalogue.Manifest;
import dev.jzoo.zoo.download.HttpDownloader;
import dev.jzoo.zoo.download.Location;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.IoErrors;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.error.NearestNames;
import dev.jzoo.zoo.settings.Hubs;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A model in a manifest of the ONNX Hub.
 *
 * @param bases addresses that have a manifest and its files, in the order to try
 */
@Internal
public record OnnxHub(ModelReference.InOnnxHub reference, List<URI> bases, HttpDownloader web, boolean offline)
        implements ModelHub {

    private static final String FOLDER = CacheDirectory.HUBS + "onnx/";

    @Override
    public Resolution resolve() throws IOException {
        Manifest.FileDigest file = chosen(manifest()).file();
        return new Resolution(WantedFile.of(FOLDER + file.path(), file.bytes(), file.sha256()), path -> {
            throw new JZooException(
                    JZooException.Code.INTEGRITY,
                    reference + " cannot be downloaded: it has weights in another file, and the ONNX Hub's manifest has"
                            + " no digest of it.",
                    "Download the model from another source, such as a repository of Hugging Face.");
        });
    }

    @Override
    public String folder() {
        return FOLDER;
    }

    @Override
    public List<Location> places(String path) {
        return bases.stream()
                .map(base -> Location.below(base, path.substring(FOLDER.length())))
                .toList();
    }

    @Override
    public boolean isLasting() {
        return false; // the manifest may list a newer opset or another file next time
    }

    /** Returns the manifest of the first address that has one. */
    private Manifest manifest() throws IOException {
        List<String> tried = new ArrayList<>();
        for (URI base : bases) {
            Location place = Location.below(base, Manifest.FILE_NAME);
            try {
                Optional<Manifest> manifest = Manifest.read(place, web, offline);
                if (manifest.isPresent()) {
                    return manifest.get();
                }
                tried.add(place + ": "
                        + (offline && place instanceof Location.WebLocation
                                ? "not tried while offline"
                                : "no such file"));
            } catch (DataFormatException | InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                tried.add(place + ": " + IoErrors.of(e));
            }
        }
        throw new JZooException(
                JZooException.Code.NETWORK,
                "The manifest of the ONNX Hub could not be downloaded:\n  " + String.join("\n  ", tried),
                "Set " + Hubs.ONNX + " to an address or folder that has " + Manifest.FILE_NAME + " and its files.");
    }

    private Manifest.Entry chosen(Manifest manifest) {
        List<Manifest.Entry> named = manifest.entries().stream()
                .filter(entry -> entry.model().equalsIgnoreCase(reference.name()))
                .sorted(Comparator.comparingInt(Manifest.Entry::opset).reversed())
                .toList();
        if (named.isEmpty()) {
            TreeSet<String> names = manifest.entries().stream()
                    .map(Manifest.Entry::model)
                    .collect(Collectors.toCollection(TreeSet::new));
            List<String> near = NearestNames.to(reference.name(), names);
            throw notFound(
                    "The ONNX Hub lists no model '" + reference.name() + "'.",
                    near.isEmpty()
                            ? "It lists " + names.stream().limit(20).collect(Collectors.joining(", "))
                                    + (names.size() > 20 ? ", ..." : "") + "."
                            : "Did you mean " + String.join(" or ", near) + "?");
        }
        return named.stream()
                .filter(entry -> reference.opset() == 0 || entry.opset() == reference.opset())
                .findFirst()
                .orElseThrow(() -> notFound(
                        "The ONNX Hub lists no " + reference.name() + " with opset " + reference.opset() + ".",
                        "It lists opset "
                                + named.stream()
                                        .map(entry -> Integer.toString(entry.opset()))
                                        .collect(Collectors.joining(", "))
                                + "."));
    }

    private static JZooException notFound(String message, String hint) {
        return new JZooException(JZooException.Code.NOT_FOUND, message, hint);
    }
}
