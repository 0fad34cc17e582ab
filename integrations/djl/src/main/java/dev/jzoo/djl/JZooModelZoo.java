package dev.jzoo.djl;

import ai.djl.repository.zoo.BaseModelLoader;
import ai.djl.repository.zoo.ModelLoader;
import ai.djl.repository.zoo.ModelZoo;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** What {@code dev.jzoo.zoo.Zoo} lists, asked for anew each time, since a mirror may have come to know more. */
final class JZooModelZoo extends ModelZoo {

    @Override
    public String getGroupId() {
        return JZooRepository.GROUP;
    }

    @Override
    public Set<String> getSupportedEngines() {
        return Set.of(JZooRepository.ENGINE);
    }

    @Override
    public Collection<ModelLoader> getModelLoaders() {
        return List.copyOf(JZooRepository.standard().getResources().stream()
                .map(BaseModelLoader::new)
                .toList());
    }

    /** As DJL asks for it: null where there is none. */
    @Override
    public ModelLoader getModelLoader(String name) {
        return getModelLoaders().stream()
                .filter(loader -> loader.getArtifactId().equals(name))
                .findFirst()
                .orElse(null);
    }
}
