/// The Today board: per brand, one board of opportunities worth acting on, made of evidence by a
/// job. It knows evidence as it is stored, and neither where it comes from nor who else could put
/// candidates forward.
@NullMarked
package dev.imprimatur.engine.board;

import org.jspecify.annotations.NullMarked;
