package dev.jzoo.zoo.hub;

import dev.jzoo.zoo.annotation.Internal;
import dev.jzoo.zoo.cache.CacheDirectory;
import dev.jzoo.zoo.download.DeniedException;
import dev.jzoo.zoo.download.FileCheck;
import dev.jzoo.zoo.download.HttpDownloader;
import dev.jzoo.zoo.download.Location;
import dev.jzoo.zoo.download.PublicAddress;
import dev.jzoo.zoo.error.IoErrors;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.hub.HubRevision.HubFile;
import dev.jzoo.zoo.settings.Hubs;
import dev.jzoo.zoo.settings.Settings;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A model in a repository of Hugging Face. The hub lists the files of a revision, with the SHA-256 of files in Git LFS and Git's
 * own digest of the others. Files that Hugging Face's own programs downloaded before are taken from their cache.
 *
 * @see <a href="https://huggingface.co/docs/hub/api">Hub API Endpoints</a>
 * @see <a href="https://huggingface.co/docs/huggingface_hub/guides/manage-cache">the layout of the cache</a>
 */
@Internal
public record HuggingFace(ModelReference.InHuggingFace reference, Hubs hubs, HttpDownloader web, boolean offline)
        implements ModelHub {

    private static final int LONGEST_ANSWER = 64 << 20;
    private static final String ENDING = ".onnx";

    /** The usual paths of the main model in a repository that has several. */
    private static final List<String> USUAL = List.of("model.onnx", "onnx/model.onnx");

    @Override
    public Resolution resolve() throws IOException {
        HuggingFaceCache cache = cache();
        if (offline) {
            String commit = cache.commit(reference.revision())
                    .orElseThrow(() -> new JZooException(
                            JZooException.Code.NETWORK,
                            reference + " cannot be downloaded while offline: neither JZoo nor Hugging Face's programs"
                                    + " have downloaded it before.",
                            "Unset " + Settings.OFFLINE + ", or download it once with a network."));
            return resolution(commit, cache.files(commit));
        }
        HubRevision revision = asked();
        return resolution(revision.commit(), revision.files());
    }

    private HuggingFaceCache cache() {
        return new HuggingFaceCache(hubs.huggingFaceCache(), reference.owner(), reference.name());
    }

    private String repository() {
        return reference.owner() + "/" + reference.name();
    }

    private String page() {
        return PublicAddress.of(hubs.huggingFace().resolve(repository()));
    }

    private HubRevision asked() throws IOException {
        Location.WebLocation place = new Location.WebLocation(
                hubs.huggingFace()
                        .resolve("api/models/" + repository() + "/revision/" + reference.revision() + "?blobs=true"),
                hubs.token());
        Optional<String> answer;
        try {
            answer = web.text(place, LONGEST_ANSWER);
        } catch (DeniedException e) {
            throw denied(e);
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw new JZooException(
                    JZooException.Code.NETWORK,
                    reference + " could not be downloaded: " + place + ": " + IoErrors.of(e),
                    "Check the connection and the proxy.",
                    e);
        }
        return HubRevision.parse(
                place.toString(),
                answer.orElseThrow(() -> new JZooException(
                        JZooException.Code.NOT_FOUND,
                        "Hugging Face has no repository " + repository() + " with a revision '" + reference.revision()
                                + "'.",
                        "Check the name for typos: " + page() + ".")));
    }

    private JZooException denied(DeniedException cause) {
        return new JZooException(
                JZooException.Code.NETWORK,
                "Hugging Face does not provide " + repository() + ": " + cause.getMessage() + ".",
                hubs.token().isEmpty()
                        ? "It does not exist, or is private or gated: check the name for typos, or set HF_TOKEN."
                        : "Accept its terms at " + page()
                                + " with the account of HF_TOKEN, or check the name for typos.",
                cause);
    }

    private Resolution resolution(String commit, List<HubFile> files) {
        return new Resolution(wanted(commit, chosen(files)), path -> files.stream()
                .filter(file -> path(commit, file.path()).equals(path))
                .findFirst()
                .map(file -> wanted(commit, file)));
    }

    @Override
    public String folder() {
        return CacheDirectory.HUBS + "hf/" + repository() + "/";
    }

    private String path(String commit, String path) {
        return folder() + commit + "/" + path;
    }

    private WantedFile wanted(String commit, HubFile file) {
        String path = path(commit, file.path());
        if (file.sha256().isPresent()) {
            return WantedFile.of(path, file.bytes(), file.sha256().get());
        }
        if (!HubRevision.isCommit(file.blob())) {
            throw new JZooException(
                    JZooException.Code.INTEGRITY,
                    "Hugging Face has no digest of " + file.path() + " in " + repository() + ".",
                    "Download it by its address, with a digest from its publisher.");
        }
        return WantedFile.checked(path, FileCheck.gitBlob(file.blob()));
    }

    private HubFile chosen(List<HubFile> files) {
        List<HubFile> models = files.stream()
                .filter(file -> file.path().endsWith(ENDING))
                .filter(file -> reference.path().isEmpty()
                        || file.path().equals(reference.path())
                        || file.path().startsWith(reference.path() + "/"))
                .sorted(Comparator.comparing(HubFile::path))
                .toList();
        if (models.size() == 1) {
            return models.get(0);
        }
        String folder = reference.path().isEmpty() ? "" : reference.path() + "/";
        return USUAL.stream()
                .flatMap(usual -> models.stream().filter(model -> model.path().equals(folder + usual)))
                .findFirst()
                .orElseThrow(() -> unclear(files, models));
    }

    private JZooException unclear(List<HubFile> files, List<HubFile> models) {
        List<HubFile> there = models.isEmpty()
                ? files.stream().filter(file -> file.path().endsWith(ENDING)).toList()
                : models;
        String names = there.stream().limit(20).map(HubFile::path).collect(Collectors.joining(", "))
                + (there.size() > 20 ? ", ..." : "");
        String what = reference.path().isEmpty() ? "" : " '" + reference.path() + "'";
        return new JZooException(
                JZooException.Code.NOT_FOUND,
                models.isEmpty()
                        ? repository() + " has no ONNX file" + what + "."
                        : repository() + " has " + models.size() + " ONNX files" + what + ".",
                there.isEmpty()
                        ? "Export it to ONNX first, or name another repository."
                        : "Name one of them: hf:" + repository() + "/"
                                + there.get(0).path() + ". Available files: " + names + ".");
    }

    @Override
    public List<Location> places(String path) {
        String inside = path.substring(folder().length());
        String commit = inside.substring(0, inside.indexOf('/'));
        String name = inside.substring(inside.indexOf('/') + 1);
        return List.of(
                new Location.FileLocation(cache().file(commit, name)),
                new Location.WebLocation(
                        ((Location.WebLocation) Location.below(
                                        hubs.huggingFace(), repository() + "/resolve/" + commit + "/" + name))
                                .uri(),
                        hubs.token()));
    }

    @Override
    public boolean isLasting() {
        return reference.isCommit();
    }
}
