/// Turns files and folders (Markdown, HTML, text, RSS, Atom, WXR) into texts to be stored as
/// versions.
@NullMarked
package dev.imprimatur.engine.importing;

import org.jspecify.annotations.NullMarked;
