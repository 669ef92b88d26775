package org.drawbridge.kernel;

import java.util.List;
import java.util.function.Function;

/**
 * One page of a collection.
 *
 * @param currentPage counted from 0
 * @param itemsPerPage how many items this page holds
 * @param pageSize how many items a full page holds
 */
public record Page<T>(
    int currentPage,
    boolean first,
    List<T> items,
    int itemsPerPage,
    boolean last,
    int pageSize,
    long totalItems,
    int totalPages) {

  public static <T> Page<T> of(PageRequest request, List<T> items, long totalItems) {
    int pages = Math.toIntExact((totalItems + request.size() - 1) / request.size());
    return new Page<>(
        request.page(),
        request.page() == 0,
        List.copyOf(items),
        items.size(),
        request.page() >= pages - 1,
        request.size(),
        totalItems,
        pages);
  }

  /** The same page with each item written another way. */
  public <R> Page<R> map(Function<? super T, ? extends R> written) {
    List<R> mapped = items.stream().<R>map(written).toList();
    return new Page<>(
        currentPage, first, mapped, itemsPerPage, last, pageSize, totalItems, totalPages);
  }

  /** The same page with all its items written in one go. */
  public <R> Page<R> with(List<R> written) {
    return new Page<>(
        currentPage,
        first,
        List.copyOf(written),
        itemsPerPage,
        last,
        pageSize,
        totalItems,
        totalPages);
  }
}
