package dev.jzoo.djl;

import ai.djl.repository.zoo.BaseModelLoader;
import ai.djl.repository.zoo.ModelLoader;
import ai.djl.repository.zoo.ModelZoo;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The models of {@code dev.jzoo.zoo.Zoo}. Lists them again at each call, because a mirror may have new ones. */
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

    /** Returns the model's loader, or null if there is none, as DJL's interface requires. */
    @Override
    public ModelLoader getModelLoader(String name) {
        return getModelLoaders().stream()
                .filter(loader -> loader.getArtifactId().equals(name))
                .findFirst()
                .orElse(null);
    }
}
