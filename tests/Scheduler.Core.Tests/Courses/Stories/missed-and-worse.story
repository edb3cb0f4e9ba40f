# Missing a fortnightly dose brings the weekly ones back only where the clinic judged before that the patient is worse.
protocol: frequency
conditions:
  worse: {means: Worse than at the review.}
events:
  missed-and-worse:
    when missed: spaced-dose
    and: worse
    then: back to weekly
  missed:
    when missed: spaced-dose
    then: skip
story:
plan from 2027-01-04
all is booked
review takes place
qids at review is 3
plan from 2027-01-05
all is booked
spaced-dose[1] is missed
the clinic judges: worse
plan from 2027-01-12
all is booked
spaced-dose[2] is missed
plan from 2027-01-19
> plan Mon 2027-01-04 09:00 review[1]
> plan Tue 2027-01-05 08:00 weekly-dose[1], if needed
> plan Tue 2027-01-05 08:00 spaced-dose[1], if needed
> plan Mon 2027-01-11 08:00 weekly-dose[2], if needed
> plan Mon 2027-01-18 08:00 weekly-dose[3], if needed
> plan Mon 2027-01-18 08:00 spaced-dose[2], if needed
> booked: spaced-dose[1], spaced-dose[2]
> completed: review[1]
> released: weekly-dose[1], weekly-dose[2], weekly-dose[3]
> seldom: true
> weekly: false
> left out: weekly-dose[1], weekly-dose[2], weekly-dose[3]
> plan Mon 2027-01-04 09:00 review[1], stays
> plan Tue 2027-01-05 08:00 spaced-dose[1]
> plan Mon 2027-01-18 08:00 spaced-dose[2]
> booked: spaced-dose[2]
> completed: review[1]
> released: weekly-dose[1], weekly-dose[2], weekly-dose[3]
> skipped: spaced-dose[1]
> worse: true
> seldom: true
> weekly: false
> applied: missed 1 time
> left out: weekly-dose[1], weekly-dose[2], weekly-dose[3], spaced-dose[1]
> asked besides: skipped-spaced-dose-1
> plan Mon 2027-01-04 09:00 review[1], stays
> plan Mon 2027-01-18 08:00 spaced-dose[2]
> completed: review[1]
> released: spaced-dose[2]
> skipped: spaced-dose[1]
> worse: true
> seldom: false
> weekly: true
> applied: missed 1 time
> applied: missed-and-worse 1 time
> left out: spaced-dose[1], spaced-dose[2]
> plan Mon 2027-01-04 09:00 review[1], stays
> plan Tue 2027-01-19 08:00 weekly-dose[1]
> plan Mon 2027-01-25 08:00 weekly-dose[2]
> plan Mon 2027-02-01 08:00 weekly-dose[3]
