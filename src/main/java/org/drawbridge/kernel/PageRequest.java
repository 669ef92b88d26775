package org.drawbridge.kernel;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import org.drawbridge.problem.Malformed;

/**
 * Which page of a collection a client wants. A {@code @BeanParam}; the parameters are read as text,
 * because servers answer 404, not 400, to a number that is none.
 */
public class PageRequest {

  static final int MAX_SIZE = 200;

  @QueryParam("page")
  @DefaultValue("0")
  String page = "0";

  @QueryParam("pageSize")
  @DefaultValue("20")
  String pageSize = "20";

  private int furthest = 50_000;

  /** The same, for what has to be listed to its end: so many items can be skipped. */
  public PageRequest asFarAs(int items) {
    PageRequest request = new PageRequest();
    request.page = page;
    request.pageSize = pageSize;
    request.furthest = items;
    return request;
  }

  /** From 0; at most 50,000 items can be skipped, unless {@link #asFarAs} says otherwise. */
  public int page() {
    return number("page", page, 0, furthest / size());
  }

  /** From 1 to {@value #MAX_SIZE}. */
  public int size() {
    return number("pageSize", pageSize, 1, MAX_SIZE);
  }

  public int offset() {
    return page() * size();
  }

  private static int number(String name, String text, int least, int most) {
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new Malformed(
        "The query parameter %s must be a whole number from %d to %d."
            .formatted(name, least, most));
  }
}
