-- Why: readers say whether a summary was of use, and what was wrong with it. One word each, the last one counts.

alter table email_summaries
  add column feedback_useful boolean,
  add column feedback_reason text check (feedback_reason in
    ('wrong', 'incomplete', 'too-long', 'missed-action', 'wrong-category', 'wrong-urgency', 'wrong-language', 'other')),
  add column feedback_comment text check (length(feedback_comment) <= 1000),
  add column feedback_at timestamptz,
  add check ((feedback_useful is null) = (feedback_at is null));
grant update (feedback_useful, feedback_reason, feedback_comment, feedback_at) on email_summaries to inbrief_user;
