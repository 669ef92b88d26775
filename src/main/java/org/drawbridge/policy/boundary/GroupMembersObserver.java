package org.drawbridge.policy.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.drawbridge.account.entity.GroupMembersChanged;
import org.drawbridge.policy.control.FollowingGroups;

/** Has policies follow the members of their groups, in the transaction of the change. */
@ApplicationScoped
public class GroupMembersObserver {

  @Inject FollowingGroups following;

  void on(@Observes GroupMembersChanged change) {
    following.follow(change);
  }
}
