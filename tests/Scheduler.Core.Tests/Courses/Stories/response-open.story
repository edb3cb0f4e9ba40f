# As long as a score is missing, both branches are planned, if needed.
protocol: responders
story:
plan from 2027-01-04
all is booked
before and dose and after take place
score at before is 40
plan from 2027-01-14
> plan Mon 2027-01-04 09:00 before[1]
> plan Mon 2027-01-04 09:30 dose[1]
> plan Mon 2027-01-11 08:00 dose[2]
> plan Tue 2027-01-12 13:00 after[1]
> plan Wed 2027-01-13 09:00 review[1], if needed
> plan Mon 2027-01-18 09:00 follow-up[1], if needed
> plan Mon 2027-01-25 09:00 follow-up[2], if needed
> plan Mon 2027-02-01 09:00 follow-up[3], if needed
> plan Wed 2027-02-03 08:00 booster[1], if needed
> booked: follow-up[1], follow-up[2], follow-up[3], review[1], booster[1]
> completed: before[1], dose[1], dose[2], after[1]
> plan Mon 2027-01-04 09:00 before[1], stays
> plan Mon 2027-01-04 09:30 dose[1], stays
> plan Mon 2027-01-11 08:00 dose[2], stays
> plan Tue 2027-01-12 13:00 after[1], stays
> plan Thu 2027-01-14 13:00 review[1], if needed
> plan Mon 2027-01-18 09:00 follow-up[1], if needed
> plan Mon 2027-01-25 09:00 follow-up[2], if needed
> plan Mon 2027-02-01 09:00 follow-up[3], if needed
> plan Wed 2027-02-03 08:00 booster[1], if needed
