# A second missed infusion stops the course where one shift is allowed.
protocol: infusions
events:
  missed:
    when missed: infusion
    then: shift the rest
    at most: once
    otherwise: stop the course
story:
plan from 2027-01-04
all is booked
rating and infusion[1] take place
infusion[2] is missed
plan from 2027-01-08
all is booked
infusion[2] is missed
plan from 2027-01-11
> plan Mon 2027-01-04 09:00 rating[1]
> plan Mon 2027-01-04 09:30 infusion[1]
> plan Wed 2027-01-06 08:00 infusion[2]
> plan Fri 2027-01-08 08:00 infusion[3]
> plan Mon 2027-01-11 08:00 infusion[4]
> plan Mon 2027-01-18 08:00 check[1]
> completed: rating[1], infusion[1]
> missed: infusion[2]
> applied: missed 1 time
> asked besides: rhythm-from-infusion-2, rhythm-before-infusion-2
> plan Mon 2027-01-04 09:00 rating[1], stays
> plan Mon 2027-01-04 09:30 infusion[1], stays
> plan Fri 2027-01-08 08:00 infusion[2]
> plan Mon 2027-01-11 08:00 infusion[3]
> plan Wed 2027-01-13 08:00 infusion[4]
> plan Tue 2027-01-19 08:00 check[1]
> completed: rating[1], infusion[1]
> released: infusion[2], infusion[3], infusion[4], check[1]
> applied: missed 1 time
> P-1:1:1: CO003: The course is over since 2027-01-08 08:30; nothing is planned or held any more.
