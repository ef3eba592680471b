package dev.imprimatur.bench.run;

import java.nio.file.Path;
import java.util.List;

/// Where things stand.
///
/// @param work for what lasts no longer than the whole
/// @param node the programs for Node.js, with what they need installed
/// @param javaOptions for measured processes on the JVM
public record Places(Path work, Path node, List<String> javaOptions) {}
